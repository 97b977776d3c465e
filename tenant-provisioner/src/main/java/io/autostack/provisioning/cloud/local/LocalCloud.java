package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerWanted;
import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.cloud.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
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
    private final TenantDatabases databases;
    private final TenantServers servers;
    private final Clusters clusters;
    private final SnapshotDatabases snapshots;
    private final HostNames routes;
    private final Containers containers;

    @Inject
    LocalCloud(
            SecretStore secrets,
            TenantDatabases databases,
            TenantServers servers,
            Clusters clusters,
            SnapshotDatabases snapshots,
            HostNames routes,
            Containers containers,
            @ConfigProperty(name = "autostack.cloud", defaultValue = NAME) String wanted) {
        if (!wanted.equals(NAME))
            throw new IllegalStateException(
                    "autostack.cloud is " + wanted + "; this version has the driver local only");
        this.secrets = secrets;
        this.databases = databases;
        this.servers = servers;
        this.clusters = clusters;
        this.snapshots = snapshots;
        this.routes = routes;
        this.containers = containers;
    }

    @Override
    public Outcome ensureSecret(UUID tenant, String name, Map<String, String> first) {
        var secret = secrets.ensure(tenant, name, first);
        if (!secret.tenant().equals(tenant))
            return new Outcome.Failed("A secret called " + name + " exists already and belongs to another tenant.");
        return Outcome.done(Map.of("secret", name, "version", Integer.toString(secret.version())));
    }

    @Override
    public Optional<Secret> readSecret(String name) {
        return secrets.find(name);
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
                name -> secrets.find(name)
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
        var removed = databases.remove(wanted, secrets.find(wanted.secret()));
        return removed instanceof Outcome.Done && wanted.placement() == Placement.DEDICATED
                ? clusters.removeIfEmpty(wanted.tenant(), removed)
                : removed;
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
    public Optional<Address> findAddress(DatabaseWanted wanted) {
        return servers.findAddress(wanted);
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return placement == Placement.DEDICATED ? clusters.obstacle() : Optional.empty();
    }

    @Override
    public Outcome ensureServer(DatabaseWanted wanted) {
        var server = servers.ensure(wanted);
        return Outcome.done(Map.of(
                "placement", wanted.placement().word(),
                "host", server.host(),
                "port", Integer.toString(server.port())));
    }

    @Override
    public Outcome takeSnapshot(DatabaseWanted of, String snapshot) {
        return withSecret(of, secret -> snapshots.take(of, secret, snapshot));
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
    public Outcome removeSnapshot(UUID tenant, String snapshot) {
        var removed = snapshots.remove(tenant, snapshot);
        return clusters.findAddress(tenant).isPresent() ? clusters.removeIfEmpty(tenant, removed) : removed;
    }

    @Override
    public List<Snapshot> snapshots(UUID tenant) {
        return snapshots.of(tenant);
    }

    @Override
    public ContainerRuntime containerRuntime() {
        return containers.runtime();
    }

    private Outcome withSecret(DatabaseWanted wanted, Function<Secret, Outcome> then) {
        return secrets.find(wanted.secret())
                .filter(secret -> secret.tenant().equals(wanted.tenant()))
                .map(then)
                .orElseGet(() -> new Outcome.Failed("There is no secret " + wanted.secret() + " for this tenant."));
    }
}
