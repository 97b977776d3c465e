package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.TaggedResource;
import io.autostack.provisioning.cloud.TaggedResource.Kind;
import io.autostack.provisioning.cloud.TaggedResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// What is a tenant's at AWS, asked of each service by itself: by its tags, and by what was written down before it was
/// made.
@ApplicationScoped
class AwsTaggedResources implements TaggedResources {

    private final InstanceRegister register;
    private final RdsInstances instances;
    private final AwsServers servers;
    private final SnapshotRegister snapshotRegister;
    private final RdsSnapshots snapshots;
    private final SecretsManagerCalls manager;
    private final AwsSecrets secrets;
    private final AwsRoutes routes;
    private final DnsRecords records;
    private final ServiceRegister services;
    private final EcsServices ecs;
    private final AwsWorkloads workloads;
    private final PlatformDatabase platform;

    @Inject
    AwsTaggedResources(
            InstanceRegister register,
            RdsInstances instances,
            AwsServers servers,
            SnapshotRegister snapshotRegister,
            RdsSnapshots snapshots,
            SecretsManagerCalls manager,
            AwsSecrets secrets,
            AwsRoutes routes,
            DnsRecords records,
            ServiceRegister services,
            EcsServices ecs,
            AwsWorkloads workloads,
            PlatformDatabase platform) {
        this.register = register;
        this.instances = instances;
        this.servers = servers;
        this.snapshotRegister = snapshotRegister;
        this.snapshots = snapshots;
        this.manager = manager;
        this.secrets = secrets;
        this.routes = routes;
        this.records = records;
        this.services = services;
        this.ecs = ecs;
        this.workloads = workloads;
        this.platform = platform;
    }

    @Override
    public List<TaggedResource> findTaggedResources(UUID tenant) {
        var found = new ArrayList<TaggedResource>();
        for (var kind : Kind.values()) for (var name : names(tenant, kind)) found.add(new TaggedResource(kind, name));
        return found;
    }

    @Override
    public Outcome removeTaggedResources(UUID tenant, Kind kind) {
        var names = names(tenant, kind);
        for (var name : names) {
            var outcome = removed(tenant, kind, name);
            if (!(outcome instanceof Outcome.Done)) return outcome;
        }
        return Outcome.done(Map.of(
                kind.words(),
                names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", ", "removed: ", ""))));
    }

    private Outcome removed(UUID tenant, Kind kind, String name) {
        return switch (kind) {
            case CONTAINER -> workloads.removeContainer(tenant, name);
            case ROUTE -> routes.removeRoute(tenant, name);
            case CLUSTER -> {
                servers.remove(tenant, name);
                yield Outcome.done(Map.of("server", name + " deleted"));
            }
            case SNAPSHOT -> snapshot(tenant, name);
            case SECRET -> secrets.removeSecret(tenant, name);
            // What is on an instance goes with it, and nothing of the other kinds is made here.
            case DATABASE, ROLE, NETWORK, DUMP -> Outcome.done(Map.of());
        };
    }

    private Outcome snapshot(UUID tenant, String identifier) {
        if (!snapshots.delete(identifier))
            return new Outcome.NotYet(
                    "the RDS snapshot " + identifier + " is still being taken", Duration.ofSeconds(15));
        snapshotRegister.of(tenant).stream()
                .map(entry -> entry.snapshot().name())
                .filter(name -> Identifiers.of(name).equals(identifier))
                .forEach(name -> snapshotRegister.removed(tenant, name));
        return Outcome.done(Map.of("snapshot", identifier + " removed"));
    }

    private List<String> databases(UUID tenant) {
        return register.of(tenant).stream()
                .flatMap(entry -> register.databases(entry.identifier()).stream())
                .toList();
    }

    private List<String> names(UUID tenant, Kind kind) {
        var names = new TreeSet<String>();
        switch (kind) {
            case ROUTE -> {
                names.addAll(platform.alone(connection -> Sql.of(
                                connection, "select host from provisioning.route where tenant_id = ?", tenant)
                        .texts()));
                records.of(tenant).forEach(row -> names.add(row.host()));
            }
            case CLUSTER -> {
                register.of(tenant).forEach(entry -> names.add(entry.identifier()));
                instances.all().forEach((instance, owner) -> {
                    if (owner.equals(tenant)) names.add(instance.dbInstanceIdentifier());
                });
            }
            case DATABASE -> databases(tenant).forEach(names::add);
            case SNAPSHOT -> {
                names.addAll(snapshots.of(tenant).keySet());
                snapshotRegister
                        .of(tenant)
                        .forEach(entry ->
                                names.add(Identifiers.of(entry.snapshot().name())));
            }
            case SECRET ->
                manager.of(tenant).stream()
                        .filter(name -> manager.describe(name).isPresent())
                        .forEach(names::add);
            case CONTAINER -> {
                services.of(tenant).forEach(entry -> names.add(entry.name()));
                ecs.all().forEach((name, owner) -> {
                    if (owner.equals(tenant)) names.add(name);
                });
            }
            case ROLE, NETWORK, DUMP -> {}
        }
        return List.copyOf(names);
    }
}
