package io.autostack.provisioning.cloud.aws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSnapshotStateException;

/// The calls to RDS about snapshots of instances.
@ApplicationScoped
class RdsSnapshots {

    private static final String COMPONENT = "snapshot";

    private final AwsClients clients;
    private final ResourceTags tags;

    @Inject
    RdsSnapshots(AwsClients clients, ResourceTags tags) {
        this.clients = clients;
        this.tags = tags;
    }

    Optional<DBSnapshot> find(String identifier) {
        return AwsRefusal.call(AwsCall.DESCRIBE_DB_SNAPSHOTS, () -> {
            try {
                return client()
                        .describeDBSnapshots(request -> request.dbSnapshotIdentifier(identifier))
                        .dbSnapshots()
                        .stream()
                        .findFirst();
            } catch (DbSnapshotNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    /// All of a tenant, by identifier.
    Map<String, DBSnapshot> of(UUID tenant) {
        return AwsRefusal.call(
                AwsCall.DESCRIBE_DB_SNAPSHOTS,
                () -> client().describeDBSnapshotsPaginator(request -> request.snapshotType("manual")).stream()
                        .flatMap(page -> page.dbSnapshots().stream())
                        .filter(snapshot -> isOf(tenant, snapshot))
                        .collect(Collectors.toMap(DBSnapshot::dbSnapshotIdentifier, found -> found)));
    }

    boolean isOf(UUID tenant, DBSnapshot found) {
        return tags.areOf(tenant, RdsInstances.tagsOf(found.tagList()));
    }

    static boolean isAvailable(DBSnapshot found) {
        return "available".equals(found.status());
    }

    /// @return false when the instance is at something else, or when somebody else was faster
    boolean create(String identifier, String instance, UUID tenant) {
        return AwsRefusal.call(AwsCall.CREATE_DB_SNAPSHOT, () -> {
            try {
                client().createDBSnapshot(request -> request.dbSnapshotIdentifier(identifier)
                        .dbInstanceIdentifier(instance)
                        .tags(RdsInstances.tagList(tags.of(tenant, COMPONENT))));
                return true;
            } catch (DbSnapshotAlreadyExistsException | InvalidDbInstanceStateException _) {
                return false;
            }
        });
    }

    /// @return false when it is still being taken
    boolean delete(String identifier) {
        return AwsRefusal.call(AwsCall.DELETE_DB_SNAPSHOT, () -> {
            try {
                client().deleteDBSnapshot(request -> request.dbSnapshotIdentifier(identifier));
                return true;
            } catch (DbSnapshotNotFoundException _) {
                return true;
            } catch (InvalidDbSnapshotStateException _) {
                return false;
            }
        });
    }

    private RdsClient client() {
        return clients.rds();
    }
}
