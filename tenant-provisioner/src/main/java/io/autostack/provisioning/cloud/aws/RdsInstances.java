package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.ServerSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/// The calls to RDS about instances. Nothing here waits: what AWS is still at is answered as such.
@ApplicationScoped
class RdsInstances {

    /// Who may create roles and databases there.
    static final String ADMINISTRATOR = "autostack_admin";

    /// Where that one signs in.
    static final String DATABASE = "postgres";

    private static final String COMPONENT = "database-server";
    private static final String ENGINE = "postgres";
    private static final Duration MINUTES = Duration.ofSeconds(15);
    private static final Duration MOMENTS = Duration.ofSeconds(5);

    private final AwsClients clients;
    private final AwsSettings settings;
    private final ResourceTags tags;

    @Inject
    RdsInstances(AwsClients clients, AwsSettings settings, ResourceTags tags) {
        this.clients = clients;
        this.settings = settings;
        this.tags = tags;
    }

    /// Empty when there is none, or when RDS does not show yet what it has just accepted.
    Optional<DBInstance> find(String identifier) {
        return AwsRefusal.call(AwsCall.DESCRIBE_DB_INSTANCES, () -> {
            try {
                return client()
                        .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                        .dbInstances()
                        .stream()
                        .findFirst();
            } catch (DbInstanceNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    /// All of this environment, with whose each is.
    Map<DBInstance, UUID> all() {
        return AwsRefusal.call(AwsCall.DESCRIBE_DB_INSTANCES, () -> {
            var all = new HashMap<DBInstance, UUID>();
            clients.rds().describeDBInstancesPaginator().stream()
                    .flatMap(page -> page.dbInstances().stream())
                    .forEach(instance ->
                            tags.tenant(tagsOf(instance.tagList())).ifPresent(tenant -> all.put(instance, tenant)));
            return all;
        });
    }

    /// That it is the tenant's.
    ///
    /// @throws OutcomeException it is a stranger's
    void mustBeOf(UUID tenant, DBInstance found) {
        if (!isOf(tenant, found))
            throw new OutcomeException(new Outcome.Failed("An RDS instance called " + found.dbInstanceIdentifier()
                    + " exists already and does not carry this tenant's tags. Remove or rename it, then retry."));
    }

    boolean isOf(UUID tenant, DBInstance found) {
        return tags.areOf(tenant, tagsOf(found.tagList()));
    }

    /// Whether it takes sessions as it is; nothing is done about it.
    static boolean takesSessions(DBInstance found) {
        return InstanceStatus.of(status(found)).takesSessions()
                && found.endpoint() != null
                && found.endpoint().address() != null;
    }

    /// One that takes sessions; one that was stopped is started.
    ///
    /// @throws OutcomeException it does not yet, or not any more
    DBInstance ready(DBInstance found) {
        var word = status(found);
        return switch (InstanceStatus.of(word)) {
            case READY, BUSY -> {
                if (!takesSessions(found)) throw coming(found, "has no endpoint yet");
                yield found;
            }
            case COMING, GOING -> throw coming(found, "is " + word);
            case STOPPED -> {
                start(found.dbInstanceIdentifier());
                throw coming(found, "was stopped and is started");
            }
            case BROKEN ->
                throw new OutcomeException(new Outcome.Failed("The RDS instance " + found.dbInstanceIdentifier()
                        + " is " + word + ". Look at its events in RDS and mend it, then retry."));
        };
    }

    static String status(DBInstance found) {
        return found.dbInstanceStatus() == null ? "unknown" : found.dbInstanceStatus();
    }

    static OutcomeException coming(DBInstance found, String how) {
        return coming(found, how, MINUTES);
    }

    static OutcomeException coming(DBInstance found, String how, Duration again) {
        return new OutcomeException(
                new Outcome.NotYet("the RDS instance " + found.dbInstanceIdentifier() + " " + how, again));
    }

    /// Asks for it. One that somebody asked for a moment earlier is found the next time, and looked at then.
    ///
    /// @param password of the administrator; the same at each attempt
    OutcomeException create(String identifier, UUID tenant, ServerSpec spec, String password) {
        var disk = disk(spec);
        var request = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier(identifier)
                .engine(ENGINE)
                .engineVersion(spec.engineVersion())
                .dbInstanceClass(spec.instanceClass())
                .allocatedStorage(disk.gib())
                .storageType("gp3")
                .storageEncrypted(true)
                .kmsKeyId(settings.kmsKey().orElse(null))
                .multiAZ(spec.multiAz())
                .backupRetentionPeriod(spec.backupRetentionDays())
                .deletionProtection(spec.deletionProtected())
                .copyTagsToSnapshot(true)
                .autoMinorVersionUpgrade(true)
                .publiclyAccessible(settings.publicAddresses())
                .dbSubnetGroupName(settings.databaseSubnetGroup())
                .vpcSecurityGroupIds(settings.databaseSecurityGroups())
                .masterUsername(ADMINISTRATOR)
                .masterUserPassword(password)
                .tags(tags(tenant));
        disk.iops().ifPresent(request::iops);
        disk.throughput().ifPresent(request::storageThroughput);
        AwsRefusal.call(AwsCall.CREATE_DB_INSTANCE, () -> {
            try {
                client().createDBInstance(request.build());
            } catch (DbInstanceAlreadyExistsException _) {
                return false;
            }
            return true;
        });
        return asked(identifier, "is being created");
    }

    private static Gp3 disk(ServerSpec spec) {
        var disk = Gp3.of(spec.storageGb());
        disk.problem().ifPresent(problem -> {
            throw new OutcomeException(new Outcome.Failed(problem + " Change the plan's storage, then retry."));
        });
        return disk;
    }

    /// A new instance from a snapshot. What the call does not take is put right afterwards.
    OutcomeException restore(String identifier, String snapshot, UUID tenant, ServerSpec spec) {
        AwsRefusal.call(AwsCall.RESTORE_DB_INSTANCE, () -> {
            try {
                client().restoreDBInstanceFromDBSnapshot(RestoreDbInstanceFromDbSnapshotRequest.builder()
                        .dbInstanceIdentifier(identifier)
                        .dbSnapshotIdentifier(snapshot)
                        .dbInstanceClass(spec.instanceClass())
                        .multiAZ(spec.multiAz())
                        .storageType("gp3")
                        .deletionProtection(spec.deletionProtected())
                        .copyTagsToSnapshot(true)
                        .autoMinorVersionUpgrade(true)
                        .publiclyAccessible(settings.publicAddresses())
                        .dbSubnetGroupName(settings.databaseSubnetGroup())
                        .vpcSecurityGroupIds(settings.databaseSecurityGroups())
                        .tags(tags(tenant))
                        .build());
            } catch (DbInstanceAlreadyExistsException _) {
                return false;
            }
            return true;
        });
        return asked(identifier, "is being restored");
    }

    private static OutcomeException asked(String identifier, String how) {
        return new OutcomeException(new Outcome.NotYet("the RDS instance " + identifier + " " + how, MINUTES));
    }

    /// Changes it at once, not in its next maintenance window.
    ///
    /// @return false when it is at something else just now
    boolean modify(String identifier, Consumer<ModifyDbInstanceRequest.Builder> change) {
        return AwsRefusal.call(AwsCall.MODIFY_DB_INSTANCE, () -> {
            try {
                var request = ModifyDbInstanceRequest.builder()
                        .dbInstanceIdentifier(identifier)
                        .applyImmediately(true);
                change.accept(request);
                client().modifyDBInstance(request.build());
                return true;
            } catch (InvalidDbInstanceStateException _) {
                return false;
            }
        });
    }

    private void start(String identifier) {
        AwsRefusal.call(AwsCall.START_DB_INSTANCE, () -> {
            try {
                client().startDBInstance(request -> request.dbInstanceIdentifier(identifier));
            } catch (InvalidDbInstanceStateException _) {
                return false;
            }
            return true;
        });
    }

    /// One that is not in the state for it stays as it is.
    void stop(String identifier) {
        AwsRefusal.call(AwsCall.STOP_DB_INSTANCE, () -> {
            try {
                client().stopDBInstance(request -> request.dbInstanceIdentifier(identifier));
            } catch (InvalidDbInstanceStateException _) {
                return false;
            }
            return true;
        });
    }

    /// Until it is gone. What was worth keeping has a snapshot of its own by now.
    ///
    /// @throws OutcomeException it is still there
    void remove(DBInstance found) {
        var identifier = found.dbInstanceIdentifier();
        var status = InstanceStatus.of(status(found));
        if (status == InstanceStatus.GOING) throw going(identifier);
        if (Boolean.TRUE.equals(found.deletionProtection())
                && !modify(identifier, change -> change.deletionProtection(false)))
            throw coming(found, "is " + status(found));
        AwsRefusal.call(AwsCall.DELETE_DB_INSTANCE, () -> {
            try {
                client().deleteDBInstance(request -> request.dbInstanceIdentifier(identifier)
                        .skipFinalSnapshot(true)
                        .deleteAutomatedBackups(true));
            } catch (DbInstanceNotFoundException | InvalidDbInstanceStateException _) {
                return false;
            }
            return true;
        });
        throw going(identifier);
    }

    private static OutcomeException going(String identifier) {
        return new OutcomeException(
                new Outcome.NotYet("the RDS instance " + identifier + " is being deleted", MOMENTS));
    }

    private List<Tag> tags(UUID tenant) {
        return tagList(tags.of(tenant, COMPONENT));
    }

    static List<Tag> tagList(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> tagsOf(Collection<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other));
    }

    private RdsClient client() {
        return clients.rds();
    }
}
