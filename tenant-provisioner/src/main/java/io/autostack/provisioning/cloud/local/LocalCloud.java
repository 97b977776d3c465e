package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Belonging;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerWanted;
import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.provisioning.cloud.Found;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.cloud.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// One machine as a cloud: real databases, roles, secrets and host names; containers where a Docker engine answers.
@ApplicationScoped
@Typed(LocalCloud.class)
class LocalCloud implements Cloud {

    private static final String NAME = "local";

    private final SecretStore secrets;
    private final Rewrapping rewrapping;
    private final TenantDatabases databases;
    private final TenantLogins logins;
    private final TenantSchemas schemas;
    private final SnapshotDatabases snapshots;
    private final HostNames routes;
    private final Containers containers;
    private final DatabaseMending mending;
    private final LocalInventory inventory;
    private final ServerRoom room;
    private final DatabaseExport export;
    private final TenantBelongings belongings;

    @Inject
    LocalCloud(
            SecretStore secrets,
            Rewrapping rewrapping,
            TenantDatabases databases,
            TenantLogins logins,
            TenantSchemas schemas,
            SnapshotDatabases snapshots,
            HostNames routes,
            Containers containers,
            DatabaseMending mending,
            LocalInventory inventory,
            ServerRoom room,
            DatabaseExport export,
            TenantBelongings belongings,
            @ConfigProperty(name = "autostack.cloud", defaultValue = NAME) String wanted) {
        if (!wanted.equals(NAME))
            throw new IllegalStateException(
                    "autostack.cloud is " + wanted + "; this version has the driver local only");
        this.secrets = secrets;
        this.rewrapping = rewrapping;
        this.databases = databases;
        this.logins = logins;
        this.schemas = schemas;
        this.snapshots = snapshots;
        this.routes = routes;
        this.containers = containers;
        this.mending = mending;
        this.inventory = inventory;
        this.room = room;
        this.export = export;
        this.belongings = belongings;
    }

    @Override
    public Outcome ensureSecret(UUID tenant, String name, Map<String, String> first) {
        var secret = secrets.ensure(tenant, name, first);
        if (!secret.tenant().equals(tenant))
            return new Outcome.Failed("A secret called " + name + " exists already and belongs to another tenant.");
        return Outcome.done(Map.of("secret", name, "version", Integer.toString(secret.version())));
    }

    @Override
    public Optional<Secret> readSecret(String name, SecretStage stage) {
        return secrets.find(name, stage);
    }

    @Override
    public Outcome stageSecret(UUID tenant, String name, Map<String, String> value) {
        return secrets.stage(tenant, name, value);
    }

    @Override
    public Outcome promoteSecret(UUID tenant, String name, int version) {
        return secrets.promote(tenant, name, version);
    }

    @Override
    public Outcome demoteSecret(UUID tenant, String name, int version) {
        return secrets.demote(tenant, name, version);
    }

    @Override
    public Outcome withdrawSecret(UUID tenant, String name) {
        return secrets.remove(tenant, name, SecretStage.PENDING);
    }

    @Override
    public Outcome retireSecret(UUID tenant, String name) {
        return secrets.remove(tenant, name, SecretStage.PREVIOUS);
    }

    @Override
    public List<SealingKey> sealingKeys() {
        return rewrapping.keys();
    }

    @Override
    public int rewrapSecrets(int most) {
        return rewrapping.some(most);
    }

    @Override
    public Outcome ensureDatabase(DatabaseWanted wanted) {
        return withSecret(wanted, secret -> databases.ensure(wanted, secret));
    }

    @Override
    public Outcome checkDatabase(DatabaseWanted wanted) {
        return withSecret(wanted, secret -> databases.check(wanted, secret));
    }

    @Override
    public String spareLogin(DatabaseWanted wanted) {
        return logins.spare(wanted, readSecret(wanted.secret()));
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
        return withSecret(wanted, stage, secret -> logins.end(secret, now));
    }

    @Override
    public Outcome ensureRoute(UUID tenant, String host) {
        return routes.ensure(tenant, host);
    }

    @Override
    public Optional<UUID> findRoute(String host) {
        return routes.find(host);
    }

    @Override
    public Outcome ensureContainer(ContainerWanted wanted) {
        return containers.ensure(
                wanted,
                name -> readSecret(name)
                        .filter(secret -> secret.tenant().equals(wanted.tenant()))
                        .map(Secret::value)
                        .orElseThrow(
                                () -> new IllegalStateException("there is no secret " + name + " for this tenant")));
    }

    @Override
    public Outcome ensureBucket(UUID tenant, String name) {
        return new Outcome.Done(
                Map.of("bucket", name, "runtime", "simulated: the local driver has no object storage"), Map.of(), true);
    }

    @Override
    public Outcome removeDatabase(DatabaseWanted wanted) {
        return databases.remove(wanted);
    }

    @Override
    public Outcome removeSecret(UUID tenant, String name) {
        return secrets.remove(tenant, name);
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        return routes.remove(tenant, host);
    }

    @Override
    public Optional<String> containerLog(UUID tenant, String name, int lines) {
        return containers.log(tenant, name, lines);
    }

    @Override
    public Outcome removeContainer(UUID tenant, String name) {
        return containers.remove(tenant, name);
    }

    @Override
    public Outcome removeBucket(UUID tenant, String name) {
        return new Outcome.Done(Map.of("bucket", name, "runtime", "simulated"), Map.of(), true);
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
    public List<Found> inventory() {
        return inventory.all();
    }

    @Override
    public SignIn signIn(DatabaseWanted wanted) {
        return secrets.find(wanted.secret(), SecretStage.CURRENT)
                .filter(secret -> secret.tenant().equals(wanted.tenant()))
                .map(secret -> inventory.signIn(wanted, secret))
                .orElseGet(SignIn.NoAnswer::new);
    }

    @Override
    public Outcome removeFound(Found orphan) {
        return inventory.remove(orphan);
    }

    @Override
    public List<Quota> quotas() {
        return room.quotas();
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
        return snapshots.remove(tenant, snapshot);
    }

    @Override
    public List<Snapshot> snapshots(UUID tenant) {
        return snapshots.of(tenant);
    }

    @Override
    public ContainerRuntime containerRuntime() {
        return containers.runtime();
    }

    @Override
    public Optional<String> findExportObstacle(DatabaseWanted wanted) {
        return export.obstacle(wanted);
    }

    @Override
    public void exportDatabases(DatabaseWanted wanted, ExportTarget target) throws IOException {
        export.write(wanted, target);
    }

    @Override
    public List<Belonging> findBelongings(UUID tenant) {
        return belongings.find(tenant);
    }

    @Override
    public Outcome removeBelongings(UUID tenant, Belonging.Kind kind) {
        return belongings.remove(tenant, kind);
    }

    private Outcome withSecret(DatabaseWanted wanted, Function<Secret, Outcome> then) {
        return withSecret(wanted, SecretStage.CURRENT, then);
    }

    private Outcome withSecret(DatabaseWanted wanted, SecretStage stage, Function<Secret, Outcome> then) {
        return readSecret(wanted.secret(), stage)
                .filter(secret -> secret.tenant().equals(wanted.tenant()))
                .map(then)
                .orElseGet(() -> new Outcome.Failed("There is no " + stage.word() + " version of the secret "
                        + wanted.secret() + " for this tenant."));
    }
}
