package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.ServerSpec;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/// What an instance has otherwise than its spec says, as one change of it. What AWS did by itself and is right to do,
/// a newer minor version or a disk that grew, is no difference.
final class InstanceDifferences {

    private InstanceDifferences() {}

    /// Empty when there is nothing to change.
    static Optional<Consumer<ModifyDbInstanceRequest.Builder>> of(ServerSpec desired, DBInstance found) {
        var pending = found.pendingModifiedValues();
        Consumer<ModifyDbInstanceRequest.Builder> change = any -> {};
        var any = false;
        var asked = pending == null ? null : pending.dbInstanceClass();
        if (!desired.instanceClass().equals(asked == null ? found.dbInstanceClass() : asked)) {
            change = change.andThen(request -> request.dbInstanceClass(desired.instanceClass()));
            any = true;
        }
        if (desired.backupRetentionDays()
                != or(pending == null ? null : pending.backupRetentionPeriod(), or(found.backupRetentionPeriod(), 0))) {
            change = change.andThen(request -> request.backupRetentionPeriod(desired.backupRetentionDays()));
            any = true;
        }
        if (desired.multiAz() != or(pending == null ? null : pending.multiAZ(), or(found.multiAZ(), false))) {
            change = change.andThen(request -> request.multiAZ(desired.multiAz()));
            any = true;
        }
        if (desired.deletionProtected() != or(found.deletionProtection(), false)) {
            change = change.andThen(request -> request.deletionProtection(desired.deletionProtected()));
            any = true;
        }
        if (desired.storageGb() > or(found.allocatedStorage(), desired.storageGb())) {
            change = change.andThen(request -> grow(request, desired));
            any = true;
        }
        return any ? Optional.of(change) : Optional.empty();
    }

    /// Size and speed go in one call: a larger disk without them is refused.
    private static void grow(ModifyDbInstanceRequest.Builder request, ServerSpec desired) {
        var disk = Gp3.of(desired.storageGb());
        request.allocatedStorage(disk.gib());
        disk.iops().ifPresent(request::iops);
        disk.throughput().ifPresent(request::storageThroughput);
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static boolean or(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }
}
