package io.autostack.provisioning.cloud.aws;

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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What is really there at AWS. Services are asked for all they have, page by page; into databases only some instances
/// are looked at each time, those first that were not for longest, so that a round costs the same however many there
/// are.
@ApplicationScoped
class AwsInventory implements Inventory {

    /// Tenants whose instances are looked into in one round.
    private static final int INSIDE = 20;

    /// One home for all replicas: whatever is at AWS can be looked at from everywhere.
    private static final UUID EVERYWHERE = new UUID(0, 0);

    private final RdsInstances instances;
    private final AwsServers servers;
    private final SecretsManagerCalls manager;
    private final AwsSecrets secrets;
    private final AwsRoutes routes;
    private final EcsServices services;
    private final AwsWorkloads workloads;
    private final AwsQuotas quotas;
    private final PlatformDatabase platform;
    private final InstantSource clock;
    private final Map<UUID, Instant> seen = new ConcurrentHashMap<>();

    @Inject
    AwsInventory(
            RdsInstances instances,
            AwsServers servers,
            SecretsManagerCalls manager,
            AwsSecrets secrets,
            AwsRoutes routes,
            EcsServices services,
            AwsWorkloads workloads,
            AwsQuotas quotas,
            PlatformDatabase platform,
            InstantSource clock) {
        this.instances = instances;
        this.servers = servers;
        this.manager = manager;
        this.secrets = secrets;
        this.routes = routes;
        this.services = services;
        this.workloads = workloads;
        this.quotas = quotas;
        this.platform = platform;
        this.clock = clock;
    }

    @Override
    public List<ObservedResource> inventory() {
        var found = new ArrayList<ObservedResource>();
        var byTenant = new HashMap<UUID, List<DBInstance>>();
        instances
                .all()
                .forEach((instance, tenant) -> byTenant.computeIfAbsent(tenant, any -> new ArrayList<>())
                        .add(instance));
        seen.keySet().retainAll(byTenant.keySet());
        var inside = byTenant.keySet().stream()
                .sorted(Comparator.comparing(tenant -> seen.getOrDefault(tenant, Instant.EPOCH)))
                .limit(INSIDE)
                .collect(Collectors.toSet());
        byTenant.forEach((tenant, all) -> {
            if (inside.contains(tenant)) found.addAll(on(tenant, all));
            else found.add(server(tenant, false, true));
        });
        manager.all()
                .forEach((name, tenant) ->
                        found.add(new ObservedResource(Kind.SECRET, name, Optional.of(tenant), Map.of())));
        services.all()
                .forEach((name, tenant) -> found.add(new ObservedResource(
                        Kind.CONTAINER, name, Optional.of(tenant), Map.of(ObservedResource.CURRENT, "true"))));
        found.addAll(platform.alone(connection -> Sql.of(connection, "select host, tenant_id from provisioning.route")
                .list(row -> new ObservedResource(
                        Kind.ROUTE, row.getString(1), Optional.of(row.getObject(2, UUID.class)), Map.of()))));
        return found;
    }

    /// The tenant's instances as one, and what is on them if all of them answer.
    private List<ObservedResource> on(UUID tenant, List<DBInstance> all) {
        var found = new ArrayList<ObservedResource>();
        seen.put(tenant, clock.instant());
        var answers = true;
        for (var instance : all) answers &= look(tenant, instance, found);
        if (!answers) found.clear();
        found.replaceAll(thing -> thing.with(ObservedResource.SERVER, tenant.toString()));
        found.add(server(tenant, answers, false).with(ObservedResource.RESTS, Boolean.toString(rest(all))));
        return found;
    }

    private static boolean rest(List<DBInstance> all) {
        return all.stream()
                .map(RdsInstances::status)
                .allMatch(status -> status.equals("stopping") || status.equals("stopped"));
    }

    /// @return whether it answered
    private boolean look(UUID tenant, DBInstance instance, List<ObservedResource> found) {
        var server = servers.glance(tenant, instance);
        if (server.isEmpty()) return false;
        try (var admin = server.get().connect()) {
            found.addAll(ServerInventory.of(admin));
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    /// A tenant's instance is to others what its cluster is on one machine.
    private static ObservedResource server(UUID tenant, boolean answers, boolean skipped) {
        return new ObservedResource(
                Kind.CLUSTER,
                tenant.toString(),
                Optional.of(tenant),
                Map.of(
                        ObservedResource.ANSWERS, Boolean.toString(answers),
                        ObservedResource.HAS_DATA, "true",
                        ObservedResource.ELSEWHERE, Boolean.toString(skipped)));
    }

    @Override
    public UUID home() {
        return EVERYWHERE;
    }

    @Override
    public SignIn signIn(DatabaseSpec desired) {
        var secret = secrets.find(desired.tenant(), desired.secret(), SecretStage.CURRENT);
        var server = servers.glance(desired);
        if (secret.isEmpty() || server.isEmpty()) return new SignIn.NoAnswer();
        var value = secret.get().value();
        return ServerInventory.signIn(() -> server.get()
                .connectAs(desired.name(), value.getOrDefault("username", ""), value.getOrDefault("password", "")));
    }

    @Override
    public Outcome removeResource(ObservedResource orphan) {
        var tenant = orphan.tenant().orElseThrow();
        return switch (orphan.kind()) {
            case SECRET -> secrets.removeSecret(tenant, orphan.name());
            case ROUTE -> routes.removeRoute(tenant, orphan.name());
            case CLUSTER -> {
                instances.all().forEach((instance, owner) -> {
                    if (owner.equals(tenant)) servers.remove(tenant, instance.dbInstanceIdentifier());
                });
                yield Outcome.done(Map.of("server", "of " + tenant + " deleted"));
            }
            case ROLE, DATABASE -> inside(orphan, tenant);
            case CONTAINER -> workloads.removeContainer(tenant, orphan.name());
            case NETWORK, DUMP -> Outcome.done(Map.of(orphan.kind().word(), "was not there"));
        };
    }

    private Outcome inside(ObservedResource orphan, UUID tenant) {
        for (var server : servers.all(tenant)) {
            var removed = ServerInventory.remove(server, orphan.kind(), orphan.name(), tenant);
            if (!(removed instanceof Outcome.Done)) return removed;
        }
        return Outcome.done(Map.of(orphan.kind().word(), orphan.name() + " dropped"));
    }

    @Override
    public List<Quota> quotas() {
        return quotas.known();
    }
}
