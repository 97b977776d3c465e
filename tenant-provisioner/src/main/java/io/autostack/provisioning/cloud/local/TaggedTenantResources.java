package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.TaggedResource;
import io.autostack.provisioning.cloud.TaggedResource.Kind;
import io.autostack.provisioning.cloud.TaggedResources;
import io.autostack.provisioning.postgres.TaggedDatabases;
import io.autostack.provisioning.postgres.TenantServer;
import io.autostack.provisioning.postgres.TenantServers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds what carries a tenant's id in its comment, label or row. Half-made things carry it as well, or are owned by a
/// role that does.
@ApplicationScoped
class TaggedTenantResources implements TaggedResources {

    private static final Duration ENGINE_SILENT_FOR = Duration.ofSeconds(5);

    /// Really started, and never really removed, as far as the ledger knows: what there is when nobody can look.
    private static final String UNSEEN_CONTAINERS = """
        select name || ' (its engine does not answer)' from (
            select distinct on (evidence ->> 'container') evidence ->> 'container' as name,
                   jsonb_exists(evidence, 'removed') as removed
              from provisioning.step
             where tenant_id = ? and state = 'done'
               and jsonb_exists(evidence, 'container') and not jsonb_exists(evidence, 'runtime')
             order by evidence ->> 'container', finished_at desc) latest
         where not removed order by name
        """;

    private final TenantServers servers;
    private final Clusters clusters;
    private final PlatformDatabase rows;
    private final SecretStore secrets;
    private final HostNames routes;
    private final Containers containers;
    private final DumpFiles dumps;
    private final DumpRegister register;
    private final ClusterFolders folders;

    @Inject
    TaggedTenantResources(
            TenantServers servers,
            Clusters clusters,
            PlatformDatabase rows,
            SecretStore secrets,
            HostNames routes,
            Containers containers,
            DumpFiles dumps,
            DumpRegister register,
            ClusterFolders folders) {
        this.servers = servers;
        this.clusters = clusters;
        this.rows = rows;
        this.secrets = secrets;
        this.routes = routes;
        this.containers = containers;
        this.dumps = dumps;
        this.register = register;
        this.folders = folders;
    }

    @Override
    public List<TaggedResource> findTaggedResources(UUID tenant) {
        var found = new ArrayList<TaggedResource>();
        var all = servers.all(tenant);
        for (var kind : Kind.values())
            for (var name : names(tenant, kind, all)) found.add(new TaggedResource(kind, name));
        return found;
    }

    /// What is on a cluster of the tenant's own goes with it, and it goes before what is on the shared server.
    @Override
    public Outcome removeTaggedResources(UUID tenant, Kind kind) {
        List<String> names;
        try {
            names = names(tenant, kind, List.of(servers.shared()));
        } catch (EngineSilent e) {
            return new Outcome.NotYet("the Docker engine to answer", ENGINE_SILENT_FOR);
        }
        for (var name : names) {
            var outcome = removed(tenant, kind, name);
            if (!(outcome instanceof Outcome.Done)) return outcome;
        }
        return Outcome.done(Map.of(
                kind.words(),
                names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", ", "removed: ", ""))));
    }

    /// Also folders that nobody has written down any more.
    private Outcome clusterRemoved(UUID tenant) {
        var outcome = clusters.removeAll(tenant);
        folders.remove(tenant);
        return outcome;
    }

    /// Those here come first; one that is on another machine is left to the replica there.
    private Outcome dumpRemoved(UUID tenant, String name) {
        var outcome = dumps.removeFile(tenant, name);
        register.removed(tenant, DumpFiles.snapshot(name));
        return outcome;
    }

    private Outcome removed(UUID tenant, Kind kind, String name) {
        return switch (kind) {
            case CONTAINER -> containers.remove(tenant, name);
            case NETWORK -> containers.removeNetwork(tenant, name);
            case ROUTE -> routes.removeRoute(tenant, name);
            case SECRET -> secrets.removeSecret(tenant, name);
            case CLUSTER -> clusterRemoved(tenant);
            case DUMP -> dumpRemoved(tenant, name);
            case DATABASE, SNAPSHOT, ROLE -> TaggedDatabases.drop(servers.shared(), kind, name);
        };
    }

    private List<String> names(UUID tenant, Kind kind, List<TenantServer> on) {
        return switch (kind) {
            case CONTAINER -> containers.isSimulated() ? inRows(UNSEEN_CONTAINERS, tenant) : containers.of(tenant);
            case DUMP ->
                Stream.concat(
                                dumps.names(tenant).stream(),
                                register.snapshots(tenant).stream().map(DumpFiles::name))
                        .distinct()
                        .toList();
            case NETWORK -> containers.networksOf(tenant);
            case ROUTE -> inRows("select host from provisioning.route where tenant_id = ? order by host", tenant);
            case SECRET ->
                inRows("select distinct name from provisioning.secret where tenant_id = ? order by name", tenant);
            case CLUSTER ->
                Stream.concat(
                                inRows("select folder from provisioning.cluster where tenant_id = ?", tenant).stream(),
                                folders.names(tenant).stream())
                        .distinct()
                        .toList();
            case DATABASE, SNAPSHOT, ROLE -> TaggedDatabases.names(on, kind, tenant);
        };
    }

    private List<String> inRows(String query, UUID tenant) {
        return rows.alone(connection -> Sql.of(connection, query, tenant).texts());
    }
}
