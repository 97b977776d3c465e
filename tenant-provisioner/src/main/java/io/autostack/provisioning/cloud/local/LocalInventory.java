package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Inventory;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.postgres.ServerInventory;
import io.autostack.provisioning.postgres.SharedServer;
import io.autostack.provisioning.postgres.TenantServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is really there on this machine, read in one question for each kind and server, whatever is well or
/// broken. A dedicated cluster that does not answer is found as just that, and nothing is said about what is on
/// it.
@ApplicationScoped
class LocalInventory implements Inventory {

    /// A cluster's own secret goes with the cluster.
    private static final String SECRETS = """
        select name, tenant_id from provisioning.secret
         where not starts_with(name, 'clusters/') group by name, tenant_id
        """;
    private static final String ROUTES = "select host, tenant_id from provisioning.route";

    private final SharedServer shared;
    private final Clusters clusters;
    private final PlatformDatabase platform;
    private final SecretStore secrets;
    private final HostNames routes;
    private final Containers containers;
    private final DumpFiles dumps;
    private final Home home;
    private final ServerRoom room;

    @Inject
    LocalInventory(
            SharedServer shared,
            Clusters clusters,
            PlatformDatabase platform,
            SecretStore secrets,
            HostNames routes,
            Containers containers,
            DumpFiles dumps,
            Home home,
            ServerRoom room) {
        this.shared = shared;
        this.clusters = clusters;
        this.platform = platform;
        this.secrets = secrets;
        this.routes = routes;
        this.containers = containers;
        this.dumps = dumps;
        this.home = home;
        this.room = room;
    }

    @Override
    public List<ObservedResource> inventory() {
        var found = new ArrayList<ObservedResource>();
        try (var admin = shared.get().connect()) {
            found.addAll(ServerInventory.of(admin));
        } catch (SQLException e) {
            throw new IllegalStateException("the tenants' database server cannot be looked at", e);
        }
        for (var cluster : clusters.all()) {
            var isElsewhere = clusters.isElsewhere(cluster);
            on(cluster).forEach(thing -> found.add(isElsewhere ? elsewhere(thing, cluster) : here(thing)));
        }
        platform.alone(connection -> {
            found.addAll(Sql.of(connection, SECRETS).list(row -> owned(Kind.SECRET, row)));
            found.addAll(Sql.of(connection, ROUTES).list(row -> owned(Kind.ROUTE, row)));
            return found;
        });
        containers.all().forEach(container -> found.add(here(container)));
        dumps.all().forEach(dump -> found.add(here(dump)));
        return found;
    }

    @Override
    public UUID home() {
        return home.id();
    }

    @Override
    public List<Quota> quotas() {
        return room.quotas();
    }

    private ObservedResource here(ObservedResource found) {
        return found.with(ObservedResource.HOME, home.id().toString()).with(ObservedResource.HOST, home.host());
    }

    private static ObservedResource elsewhere(ObservedResource found, ClusterRegister.Entry cluster) {
        return cluster.home()
                .map(there -> found.with(ObservedResource.HOME, there.toString())
                        .with(ObservedResource.HOST, cluster.host().orElse("another host")))
                .orElse(found);
    }

    /// The cluster itself, and what is on it if it answers.
    private List<ObservedResource> on(ClusterRegister.Entry cluster) {
        var found = new ArrayList<ObservedResource>();
        if (clusters.isElsewhere(cluster)) {
            found.add(new ObservedResource(
                    Kind.CLUSTER,
                    cluster.folder(),
                    Optional.of(cluster.tenant()),
                    Map.of(ObservedResource.ELSEWHERE, "true")));
            return found;
        }
        var answers = true;
        try (var admin = clusters.glance(cluster)) {
            found.addAll(ServerInventory.of(admin));
        } catch (SQLException e) {
            found.clear();
            answers = false;
        }
        found.replaceAll(thing -> thing.with(ObservedResource.SERVER, cluster.folder()));
        found.add(new ObservedResource(
                Kind.CLUSTER,
                cluster.folder(),
                Optional.of(cluster.tenant()),
                Map.of(
                        ObservedResource.ANSWERS, Boolean.toString(answers),
                        ObservedResource.HAS_DATA, Boolean.toString(clusters.hasData(cluster)))));
        return found;
    }

    @Override
    public SignIn signIn(DatabaseSpec desired) {
        return secrets.find(desired.tenant(), desired.secret(), SecretStage.CURRENT)
                .map(secret -> ServerInventory.signIn(() -> connect(desired, secret.value())))
                .orElseGet(SignIn.NoAnswer::new);
    }

    private Connection connect(DatabaseSpec desired, Map<String, String> credentials) throws SQLException {
        var role = credentials.getOrDefault("username", "");
        var password = credentials.getOrDefault("password", "");
        return switch (desired.placement()) {
            case SHARED -> shared.get().connectAs(desired.name(), role, password);
            case DEDICATED -> {
                var cluster = clusters.all().stream()
                        .filter(entry -> entry.tenant().equals(desired.tenant()))
                        .findFirst()
                        .orElseThrow(() -> new SQLException("the tenant has no cluster"));
                yield clusters.glance(cluster, desired.name(), role, password);
            }
        };
    }

    @Override
    public Outcome removeResource(ObservedResource orphan) {
        var tenant = orphan.tenant().orElseThrow();
        return switch (orphan.kind()) {
            case ROLE, DATABASE ->
                server(orphan)
                        .map(on -> ServerInventory.remove(on, orphan.kind(), orphan.name(), tenant))
                        .orElseGet(() -> Outcome.done(Map.of(orphan.kind().word(), orphan.name() + " was not there")));
            case SECRET -> secrets.removeSecret(tenant, orphan.name());
            case ROUTE -> routes.removeRoute(tenant, orphan.name());
            case CONTAINER -> containers.remove(tenant, orphan.name());
            case NETWORK -> containers.removeNetwork(tenant, orphan.name());
            case CLUSTER -> clusters.removeAll(tenant);
            case DUMP -> dumps.removeFile(tenant, orphan.name());
        };
    }

    private Optional<TenantServer> server(ObservedResource found) {
        var cluster = found.property(ObservedResource.SERVER);
        return cluster.isEmpty() ? Optional.of(shared.get()) : uuid(cluster).flatMap(clusters::find);
    }

    private static ObservedResource owned(Kind kind, ResultSet row) throws SQLException {
        return new ObservedResource(kind, row.getString(1), Optional.of(row.getObject(2, UUID.class)), Map.of());
    }

    static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
