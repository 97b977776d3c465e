package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.ServerSpec;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// What an instance has otherwise than its spec says, as one change of it. What AWS did by itself and is right to do,
/// a newer minor version or a disk that grew, is no difference; what is asked for already is not asked for again.
final class InstanceDifferences {

    private InstanceDifferences() {}

    /// Empty when there is nothing to change.
    static Optional<Consumer<ModifyDbInstanceRequest.Builder>> of(ServerSpec desired, DBInstance found) {
        var changes = new ArrayList<Consumer<ModifyDbInstanceRequest.Builder>>();
        var pending = Objects.requireNonNullElseGet(
                found.pendingModifiedValues(),
                () -> PendingModifiedValues.builder().build());
        if (!desired.instanceClass().equals(first(pending.dbInstanceClass(), found.dbInstanceClass())))
            changes.add(request -> request.dbInstanceClass(desired.instanceClass()));
        if (!same(desired.backupRetentionDays(), first(pending.backupRetentionPeriod(), found.backupRetentionPeriod())))
            changes.add(request -> request.backupRetentionPeriod(desired.backupRetentionDays()));
        if (!same(desired.multiAz(), first(pending.multiAZ(), found.multiAZ())))
            changes.add(request -> request.multiAZ(desired.multiAz()));
        if (!same(desired.deletionProtected(), found.deletionProtection()))
            changes.add(request -> request.deletionProtection(desired.deletionProtected()));
        var storage = first(pending.allocatedStorage(), found.allocatedStorage());
        if (storage != null && storage < desired.storageGb()) changes.add(request -> grow(request, desired));
        return changes.stream().reduce(Consumer::andThen);
    }

    /// Size and speed go in one call: a larger disk without them is refused.
    private static void grow(ModifyDbInstanceRequest.Builder request, ServerSpec desired) {
        var disk = Gp3.of(desired.storageGb());
        request.allocatedStorage(disk.gib());
        disk.iops().ifPresent(request::iops);
        disk.throughput().ifPresent(request::storageThroughput);
    }

    private static <T> @Nullable T first(@Nullable T pending, @Nullable T now) {
        return pending == null ? now : pending;
    }

    /// What is not said is what it is without being asked for: no copies, one zone, no protection.
    private static boolean same(int desired, @Nullable Integer now) {
        return desired == (now == null ? 0 : now);
    }

    private static boolean same(boolean desired, @Nullable Boolean now) {
        return desired == Boolean.TRUE.equals(now);
    }
}
