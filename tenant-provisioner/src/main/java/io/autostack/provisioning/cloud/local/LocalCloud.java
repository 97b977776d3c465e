package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.cloud.TaggedResource;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// One machine as a cloud: real databases, roles, secrets and host names; containers where a Docker engine
/// answers.
@Singleton
@Typed(LocalCloud.class)
class LocalCloud extends LocalDatabases implements Cloud {

    private static final String NAME = "local";

    private final SecretStore secrets;
    private final Rewrapping rewrapping;
    private final HostNames routes;
    private final Containers containers;
    private final LocalInventory inventory;
    private final ServerRoom room;
    private final DatabaseExport export;
    private final TaggedTenantResources taggedResources;

    @Inject
    LocalCloud(
            SecretStore secrets,
            Rewrapping rewrapping,
            TenantDatabases databases,
            TenantLogins logins,
            DatabaseRepair recovery,
            SnapshotDatabases snapshots,
            TenantSchemas schemas,
            TenantServers servers,
            Clusters clusters,
            HostNames routes,
            Containers containers,
            LocalInventory inventory,
            ServerRoom room,
            DatabaseExport export,
            TaggedTenantResources belongings,
            @ConfigProperty(name = "autostack.cloud", defaultValue = NAME) String desired) {
        super(secrets, databases, logins, recovery, snapshots, schemas, servers, clusters);
        if (!desired.equals(NAME))
            throw new IllegalStateException(
                    "autostack.cloud is " + desired + "; this version has the driver local only");
        this.secrets = secrets;
        this.rewrapping = rewrapping;
        this.routes = routes;
        this.containers = containers;
        this.inventory = inventory;
        this.room = room;
        this.export = export;
        this.taggedResources = belongings;
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
    public int rewrapSecrets(int max) {
        return rewrapping.some(max);
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
    public Outcome ensureContainer(ContainerSpec desired) {
        return containers.ensure(
                desired,
                name -> readSecret(name)
                        .filter(secret -> secret.tenant().equals(desired.tenant()))
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
    public Outcome removeSecret(UUID tenant, String name) {
        return secrets.remove(tenant, name);
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        return routes.remove(tenant, host);
    }

    @Override
    public ContainerOutput containerOutput(UUID tenant, String name, int lines) {
        return containers.output(tenant, name, lines);
    }

    @Override
    public Outcome renewContainers(UUID tenant) {
        return containers.renew(tenant);
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
    public List<ObservedResource> inventory() {
        return inventory.all();
    }

    @Override
    public UUID home() {
        return inventory.home();
    }

    @Override
    public SignIn signIn(DatabaseSpec desired) {
        return secrets.find(desired.secret(), SecretStage.CURRENT)
                .filter(secret -> secret.tenant().equals(desired.tenant()))
                .map(secret -> inventory.signIn(desired, secret))
                .orElseGet(SignIn.NoAnswer::new);
    }

    @Override
    public Outcome removeResource(ObservedResource orphan) {
        return inventory.remove(orphan);
    }

    @Override
    public List<Quota> quotas() {
        return room.quotas();
    }

    @Override
    public ContainerRuntime containerRuntime() {
        return containers.runtime();
    }

    @Override
    public Optional<String> findExportObstacle(DatabaseSpec desired) {
        return export.obstacle(desired);
    }

    @Override
    public void exportDatabases(DatabaseSpec desired, ExportTarget target) throws IOException {
        export.write(desired, target);
    }

    @Override
    public List<TaggedResource> findTaggedResources(UUID tenant) {
        return taggedResources.find(tenant);
    }

    @Override
    public Outcome removeTaggedResources(UUID tenant, TaggedResource.Kind kind) {
        return taggedResources.remove(tenant, kind);
    }
}
