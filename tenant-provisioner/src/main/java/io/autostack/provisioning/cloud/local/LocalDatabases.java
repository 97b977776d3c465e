package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Databases;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.provisioning.cloud.Schemas;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.cloud.Snapshot;
import io.autostack.provisioning.cloud.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the local cloud does with databases: those that are live, their copies, and their schema.
abstract class LocalDatabases implements Databases, Snapshots, Schemas {

    private final SecretStore secrets;
    private final TenantDatabases databases;
    private final TenantLogins logins;
    private final DatabaseRepair repair;
    private final SnapshotDatabases snapshots;
    private final TenantSchemas schemas;
    private final TenantServers servers;
    private final Clusters clusters;

    LocalDatabases(
            SecretStore secrets,
            TenantDatabases databases,
            TenantLogins logins,
            DatabaseRepair recovery,
            SnapshotDatabases snapshots,
            TenantSchemas schemas,
            TenantServers servers,
            Clusters clusters) {
        this.secrets = secrets;
        this.databases = databases;
        this.logins = logins;
        this.repair = recovery;
        this.snapshots = snapshots;
        this.schemas = schemas;
        this.servers = servers;
        this.clusters = clusters;
    }

    @Override
    public Outcome ensureDatabase(DatabaseSpec desired) {
        return unlessUnfit(() -> withSecret(desired, secret -> databases.ensure(desired, secret)));
    }

    @Override
    public Outcome removeDatabase(DatabaseSpec desired) {
        var removed = databases.remove(desired);
        return desired.placement() == Placement.DEDICATED ? withoutEmptyCluster(desired.tenant(), removed) : removed;
    }

    @Override
    public Outcome checkDatabase(DatabaseSpec desired) {
        return withSecret(desired, secret -> databases.check(desired, secret));
    }

    @Override
    public Outcome sizeDatabase(DatabaseSpec desired, Sizing sizing) {
        return databases.size(desired, sizing);
    }

    @Override
    public Outcome closeDatabase(DatabaseSpec desired) {
        return databases.close(desired);
    }

    @Override
    public Outcome openDatabase(DatabaseSpec desired) {
        return databases.open(desired);
    }

    @Override
    public Outcome repairDatabase(DatabaseSpec desired) {
        return withSecret(desired, secret -> repair.repair(desired, secret));
    }

    @Override
    public Outcome repairContents(DatabaseSpec desired) {
        return repair.repairContents(desired);
    }

    @Override
    public Outcome ensureServer(DatabaseSpec desired) {
        return unlessUnfit(() -> {
            var server = servers.ensure(desired);
            return Outcome.done(Map.of(
                    "placement", desired.placement().word(),
                    "host", server.host(),
                    "port", Integer.toString(server.port())));
        });
    }

    @Override
    public Optional<Address> findAddress(DatabaseSpec desired) {
        return servers.findAddress(desired);
    }

    @Override
    public OptionalLong findSize(DatabaseSpec desired) {
        var server = servers.find(desired);
        return server.isPresent() ? ServerRoom.size(server.get(), desired) : OptionalLong.empty();
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return placement == Placement.DEDICATED ? clusters.obstacle() : Optional.empty();
    }

    @Override
    public String spareLogin(DatabaseSpec desired) {
        return logins.spare(desired, secrets.find(desired.secret(), SecretStage.CURRENT));
    }

    @Override
    public Outcome openLogin(DatabaseSpec desired, SecretStage stage) {
        return withSecret(desired, stage, secret -> logins.open(desired, secret));
    }

    @Override
    public Outcome checkLogin(DatabaseSpec desired, SecretStage stage) {
        return withSecret(desired, stage, secret -> databases.check(desired, secret));
    }

    @Override
    public Outcome closeLogin(DatabaseSpec desired, SecretStage stage) {
        return withSecret(desired, stage, secret -> logins.close(desired, secret));
    }

    @Override
    public Outcome endSessions(DatabaseSpec desired, SecretStage stage, boolean now) {
        return withSecret(desired, stage, secret -> logins.end(desired, secret, now));
    }

    @Override
    public Outcome takeSnapshot(DatabaseSpec of, String snapshot) {
        return snapshots.take(of, snapshot);
    }

    @Override
    public Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseSpec into) {
        return withSecret(into, secret -> snapshots.restore(tenant, snapshot, into, secret));
    }

    @Override
    public Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseSpec restored) {
        return withSecret(restored, secret -> snapshots.compare(tenant, snapshot, restored, secret));
    }

    @Override
    public Outcome dumpSnapshot(UUID tenant, String snapshot) {
        return snapshots.dump(tenant, snapshot);
    }

    @Override
    public Outcome removeSnapshot(UUID tenant, String snapshot) {
        return withoutEmptyCluster(tenant, snapshots.remove(tenant, snapshot));
    }

    @Override
    public List<Snapshot> snapshots(UUID tenant) {
        return snapshots.of(tenant);
    }

    @Override
    public SchemaVersions schemaVersions() {
        return schemas.versions();
    }

    @Override
    public String baselineVersion() {
        return schemas.firstVersion();
    }

    @Override
    public void setBaselineVersion(String version) {
        schemas.beginAt(version);
    }

    @Override
    public Outcome prepareSchema(String version) {
        return schemas.prepare(version);
    }

    @Override
    public SchemaReading readSchema(DatabaseSpec desired, boolean open) {
        return schemas.read(desired, open);
    }

    @Override
    public Outcome migrateSchema(DatabaseSpec desired, String version) {
        return schemas.migrate(desired, version);
    }

    /// The last thing to go takes the server with it.
    private Outcome withoutEmptyCluster(UUID tenant, Outcome removed) {
        return removed instanceof Outcome.Done ? clusters.removeIfEmpty(tenant, removed) : removed;
    }

    private static Outcome unlessUnfit(Supplier<Outcome> made) {
        try {
            return made.get();
        } catch (UnfitSchema e) {
            return new Outcome.Failed(e.getMessage() + " Mend the files of the tenants' schema, then retry.");
        }
    }

    private Outcome withSecret(DatabaseSpec desired, Function<Secret, Outcome> then) {
        return withSecret(desired, SecretStage.CURRENT, then);
    }

    private Outcome withSecret(DatabaseSpec desired, SecretStage stage, Function<Secret, Outcome> then) {
        return secrets.find(desired.secret(), stage)
                .filter(secret -> secret.tenant().equals(desired.tenant()))
                .map(then)
                .orElseGet(() -> new Outcome.Failed("There is no " + stage.word() + " version of the secret "
                        + desired.secret() + " for this tenant."));
    }
}
