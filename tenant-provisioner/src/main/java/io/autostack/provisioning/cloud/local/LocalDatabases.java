package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseWanted;
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
    private final DatabaseMending mending;
    private final SnapshotDatabases snapshots;
    private final TenantSchemas schemas;
    private final TenantServers servers;
    private final Clusters clusters;

    LocalDatabases(
            SecretStore secrets,
            TenantDatabases databases,
            TenantLogins logins,
            DatabaseMending mending,
            SnapshotDatabases snapshots,
            TenantSchemas schemas,
            TenantServers servers,
            Clusters clusters) {
        this.secrets = secrets;
        this.databases = databases;
        this.logins = logins;
        this.mending = mending;
        this.snapshots = snapshots;
        this.schemas = schemas;
        this.servers = servers;
        this.clusters = clusters;
    }

    @Override
    public Outcome ensureDatabase(DatabaseWanted wanted) {
        return unlessUnfit(() -> withSecret(wanted, secret -> databases.ensure(wanted, secret)));
    }

    @Override
    public Outcome removeDatabase(DatabaseWanted wanted) {
        var removed = databases.remove(wanted);
        return wanted.placement() == Placement.DEDICATED ? withoutEmptyCluster(wanted.tenant(), removed) : removed;
    }

    @Override
    public Outcome checkDatabase(DatabaseWanted wanted) {
        return withSecret(wanted, secret -> databases.check(wanted, secret));
    }

    @Override
    public Outcome sizeDatabase(DatabaseWanted wanted, Sizing sizing) {
        return databases.size(wanted, sizing);
    }

    @Override
    public Outcome closeDatabase(DatabaseWanted wanted) {
        return databases.close(wanted);
    }

    @Override
    public Outcome openDatabase(DatabaseWanted wanted) {
        return databases.open(wanted);
    }

    @Override
    public Outcome mendDatabase(DatabaseWanted wanted) {
        return withSecret(wanted, secret -> mending.mend(wanted, secret));
    }

    @Override
    public Outcome mendContents(DatabaseWanted wanted) {
        return mending.mendContents(wanted);
    }

    @Override
    public Outcome ensureServer(DatabaseWanted wanted) {
        return unlessUnfit(() -> {
            var server = servers.ensure(wanted);
            return Outcome.done(Map.of(
                    "placement", wanted.placement().word(),
                    "host", server.host(),
                    "port", Integer.toString(server.port())));
        });
    }

    @Override
    public Optional<Address> findAddress(DatabaseWanted wanted) {
        return servers.findAddress(wanted);
    }

    @Override
    public OptionalLong findSize(DatabaseWanted wanted) {
        var server = servers.find(wanted);
        return server.isPresent() ? ServerRoom.size(server.get(), wanted) : OptionalLong.empty();
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return placement == Placement.DEDICATED ? clusters.obstacle() : Optional.empty();
    }

    @Override
    public String spareLogin(DatabaseWanted wanted) {
        return logins.spare(wanted, secrets.find(wanted.secret(), SecretStage.CURRENT));
    }

    @Override
    public Outcome openLogin(DatabaseWanted wanted, SecretStage stage) {
        return withSecret(wanted, stage, secret -> logins.open(wanted, secret));
    }

    @Override
    public Outcome checkLogin(DatabaseWanted wanted, SecretStage stage) {
        return withSecret(wanted, stage, secret -> databases.check(wanted, secret));
    }

    @Override
    public Outcome closeLogin(DatabaseWanted wanted, SecretStage stage) {
        return withSecret(wanted, stage, secret -> logins.close(wanted, secret));
    }

    @Override
    public Outcome endSessions(DatabaseWanted wanted, SecretStage stage, boolean now) {
        return withSecret(wanted, stage, secret -> logins.end(wanted, secret, now));
    }

    @Override
    public Outcome takeSnapshot(DatabaseWanted of, String snapshot) {
        return snapshots.take(of, snapshot);
    }

    @Override
    public Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseWanted into) {
        return withSecret(into, secret -> snapshots.restore(tenant, snapshot, into, secret));
    }

    @Override
    public Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseWanted restored) {
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
    public String firstSchemaVersion() {
        return schemas.firstVersion();
    }

    @Override
    public void beginSchemasAt(String version) {
        schemas.beginAt(version);
    }

    @Override
    public Outcome prepareSchema(String version) {
        return schemas.prepare(version);
    }

    @Override
    public SchemaReading readSchema(DatabaseWanted wanted, boolean open) {
        return schemas.read(wanted, open);
    }

    @Override
    public Outcome migrateSchema(DatabaseWanted wanted, String version) {
        return schemas.migrate(wanted, version);
    }

    /// The last thing to go takes the server with it.
    private Outcome withoutEmptyCluster(UUID tenant, Outcome removed) {
        return removed instanceof Outcome.Done ? clusters.removeIfEmpty(tenant, removed) : removed;
    }

    private static Outcome unlessUnfit(Supplier<Outcome> made) {
        try {
            return made.get();
        } catch (UnfitSchema unfit) {
            return new Outcome.Failed(unfit.getMessage() + " Mend the files of the tenants' schema, then retry.");
        }
    }

    private Outcome withSecret(DatabaseWanted wanted, Function<Secret, Outcome> then) {
        return withSecret(wanted, SecretStage.CURRENT, then);
    }

    private Outcome withSecret(DatabaseWanted wanted, SecretStage stage, Function<Secret, Outcome> then) {
        return secrets.find(wanted.secret(), stage)
                .filter(secret -> secret.tenant().equals(wanted.tenant()))
                .map(then)
                .orElseGet(() -> new Outcome.Failed("There is no " + stage.word() + " version of the secret "
                        + wanted.secret() + " for this tenant."));
    }
}
