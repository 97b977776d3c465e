package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Snapshot;
import io.autostack.provisioning.cloud.Snapshots;
import io.autostack.provisioning.postgres.KeptContents;
import io.autostack.provisioning.postgres.PostgresDatabases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/// Snapshots of RDS instances. Nobody can read one until it is restored, so what the database held is written down when
/// the snapshot is taken, and a restored database is compared with that. Nobody has to be kept out meanwhile: what
/// changed between the beginning and the end is known, and left out of the comparison.
@ApplicationScoped
class AwsSnapshots implements Snapshots {

    private static final Duration MINUTES = Duration.ofSeconds(15);

    private final SnapshotRegister register;
    private final RdsSnapshots snapshots;
    private final InstanceRegister instances;
    private final RestoredInstance restored;
    private final KeptContents contents;
    private final PostgresDatabases databases;
    private final InstantSource clock;

    @Inject
    AwsSnapshots(
            SnapshotRegister register,
            RdsSnapshots snapshots,
            InstanceRegister instances,
            RestoredInstance restored,
            KeptContents contents,
            PostgresDatabases databases,
            InstantSource clock) {
        this.register = register;
        this.snapshots = snapshots;
        this.instances = instances;
        this.restored = restored;
        this.contents = contents;
        this.databases = databases;
        this.clock = clock;
    }

    @Override
    public Outcome takeSnapshot(DatabaseSpec of, String snapshot) {
        var identifier = Identifiers.of(snapshot);
        var known = register.find(of.tenant(), snapshot);
        if (known.isPresent() && known.get().complete())
            return taken(known.get().snapshot(), identifier);
        var instance = instances.find(of);
        if (instance.isEmpty())
            return new Outcome.Failed("There is no database " + of.name() + ". Restore it, then retry.");
        var found = snapshots.find(identifier);
        if (found.isPresent() && !snapshots.isOf(of.tenant(), found.get()))
            return new Outcome.Failed("An RDS snapshot called " + identifier
                    + " exists already and does not carry this tenant's tags. Remove or rename it, then retry.");
        try {
            if (known.isEmpty()) begin(of, snapshot);
            return known.isEmpty() || found.isEmpty()
                    ? asked(of, identifier, instance.get().identifier())
                    : onItsWay(of, known.get(), found.get());
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + of.name() + " could not be read", e);
        }
    }

    /// What is written down is read before AWS is asked, and once: a later reading could be one of after the snapshot.
    private void begin(DatabaseSpec of, String snapshot) throws SQLException {
        var bytes = databases.findSize(of);
        if (bytes.isEmpty())
            throw new OutcomeException(
                    new Outcome.Failed("There is no database " + of.name() + ". Restore it, then retry."));
        register.begin(of.tenant(), snapshot, of.name(), clock.instant(), bytes.getAsLong(), contents.of(of));
    }

    private Outcome asked(DatabaseSpec of, String identifier, String instance) {
        snapshots.create(identifier, instance, of.tenant());
        return coming(identifier, "was asked for");
    }

    private Outcome onItsWay(DatabaseSpec of, SnapshotRegister.Entry known, DBSnapshot found) throws SQLException {
        var identifier = found.dbSnapshotIdentifier();
        if ("failed".equals(found.status())) {
            snapshots.delete(identifier);
            return coming(identifier, "failed and is taken anew");
        }
        if (!RdsSnapshots.isAvailable(found))
            return coming(identifier, "is " + found.status() + ", " + found.percentProgress() + " % of it");
        register.complete(of.tenant(), known.snapshot().name(), contents.common(known.contents(), contents.of(of)));
        return taken(known.snapshot(), identifier);
    }

    private static Outcome coming(String identifier, String how) {
        return new Outcome.NotYet("the RDS snapshot " + identifier + " " + how, MINUTES);
    }

    private static Outcome taken(Snapshot snapshot, String identifier) {
        return new Outcome.Done(
                Map.of(
                        "snapshot", identifier,
                        "of", snapshot.database(),
                        "taken", snapshot.takenAt().toString(),
                        "bytes", Long.toString(snapshot.bytes())),
                Map.of(
                        "snapshot.takenAt", snapshot.takenAt().toString(),
                        "snapshot.bytes", Long.toString(snapshot.bytes())),
                false);
    }

    /// A tenant's own database gets an instance, called after it. Databases of apps come back with the instance that
    /// they were on.
    @Override
    public Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseSpec into) {
        return with(tenant, snapshot, entry -> {
            var inside = into.baseline() ? restored.ensure(into, entry.snapshot()) : Outcome.done(Map.of());
            return inside instanceof Outcome.Done ? letIn(into) : inside;
        });
    }

    /// Also what is learned about where it is.
    private Outcome letIn(DatabaseSpec into) {
        if (!into.baseline()) instances.ensure(into);
        var repaired = databases.repairDatabase(into);
        if (!(repaired instanceof Outcome.Done done)) return repaired;
        var address = databases.findAddress(into);
        if (address.isEmpty()) return repaired;
        return new Outcome.Done(
                done.evidence(),
                Map.of(
                        "database.host", address.get().host(),
                        "database.port", Integer.toString(address.get().port())),
                false);
    }

    @Override
    public Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseSpec copy) {
        return with(tenant, snapshot, entry -> contents.compare(copy, entry.contents(), snapshot));
    }

    /// The file of an RDS snapshot is AWS's.
    @Override
    public Outcome dumpSnapshot(UUID tenant, String snapshot) {
        return with(tenant, snapshot, entry -> {
            var said = "none: RDS keeps the snapshot " + Identifiers.of(snapshot);
            return new Outcome.Done(Map.of("file", said), Map.of("snapshot.file", said), false);
        });
    }

    @Override
    public Outcome removeSnapshot(UUID tenant, String snapshot) {
        var identifier = Identifiers.of(snapshot);
        var found = snapshots.find(identifier);
        if (found.isPresent() && !snapshots.isOf(tenant, found.get())) return LeftAlone.one("RDS snapshot", identifier);
        if (found.isPresent() && !snapshots.delete(identifier)) return coming(identifier, "is still being taken");
        register.removed(tenant, snapshot);
        return Outcome.done(Map.of("snapshot", identifier + (found.isPresent() ? " removed" : " was not there")));
    }

    @Override
    public List<Snapshot> snapshots(UUID tenant) {
        return register.of(tenant).stream()
                .filter(SnapshotRegister.Entry::complete)
                .map(SnapshotRegister.Entry::snapshot)
                .toList();
    }

    private Outcome with(UUID tenant, String snapshot, Function<SnapshotRegister.Entry, Outcome> then) {
        return register.find(tenant, snapshot)
                .filter(SnapshotRegister.Entry::complete)
                .map(then)
                .orElseGet(() -> new Outcome.Failed(
                        "There is no snapshot " + snapshot + " of this tenant. Choose another backup."));
    }
}
