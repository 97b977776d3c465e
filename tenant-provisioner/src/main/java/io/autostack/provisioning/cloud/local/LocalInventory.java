package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Inventory;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is really there on this machine, read in one question for each kind and server, whatever is well or
/// broken. A dedicated cluster that does not answer is found as just that, and nothing is said about what is on
/// it.
@ApplicationScoped
class LocalInventory implements Inventory {

    private static final int UUID_LENGTH = 36;
    private static final String STILL_NEEDED = "2BP01";
    private static final Set<String> REFUSALS = Set.of("28000", "28P01", "42501");

    private static final String ROLES = """
        select r.rolname, c.description as tag, r.rolcanlogin
          from pg_roles r
          left join pg_shdescription c on c.objoid = r.oid and c.classoid = 'pg_authid'::regclass
         where c.description like 'autostack:tenant=%' or r.rolname like 'tenant\\_%'
        """;

    /// The tenant's role has the database's name. Of a database's connections some are the platform's.
    private static final String DATABASES = """
            select d.datname, c.description as tag, pg_get_userbyid(d.datdba) as owner,
                   pg_get_userbyid(d.datdba) = current_user as platforms,
                   pg_get_userbyid(d.datdba) = current_user or pg_has_role(d.datdba, 'usage with admin option')
                       as in_reach, d.datallowconn,
                   case when d.datconnlimit < 0 then d.datconnlimit else greatest(0, d.datconnlimit - %1$d) end
                       as connections,
                   r.rolconnlimit as role_connections,
                   has_database_privilege('public', d.oid, 'connect') as anybody,
                   coalesce(has_database_privilege(r.oid, d.oid, 'connect'), false) as itself,
                   (select substring(s.one from '=(.*)$') from pg_db_role_setting r, unnest(r.setconfig) s (one)
                     where r.setdatabase = d.oid and r.setrole = 0 and s.one like 'statement\\_timeout=%%') as timeout
              from pg_database d
              left join pg_roles r on r.rolname = d.datname
              left join pg_shdescription c on c.objoid = d.oid and c.classoid = 'pg_database'::regclass
             where not d.datistemplate and (c.description like 'autostack:tenant=%%' or d.datname like 'tenant\\_%%')
            """.formatted(TenantDatabases.PLATFORM_CONNECTIONS);

    /// A cluster's own secret goes with the cluster.
    private static final String SECRETS = """
        select name, tenant_id from provisioning.secret
         where not starts_with(name, 'clusters/') group by name, tenant_id
        """;
    private static final String ROUTES = "select host, tenant_id from provisioning.route";

    /// The schema that comes with a database is the tenant's too, unless something was cut off when the
    /// database became the platform's.
    private static final String BASELINE = """
            select count(*) > 0 as baseline,
                   coalesce(bool_and(has_table_privilege(c.oid, 'select')), true)
                       and not exists (select from pg_namespace
                                        where nspname = 'public'
                                          and nspowner = (select oid from pg_roles where rolname = 'pg_database_owner')
                                          and not has_schema_privilege(oid, 'usage')) as allowed
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'app' and c.relkind = 'r'
            """;

    private final TenantServer server;
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
            TenantServer server,
            Clusters clusters,
            PlatformDatabase platform,
            SecretStore secrets,
            HostNames routes,
            Containers containers,
            DumpFiles dumps,
            Home home,
            ServerRoom room) {
        this.server = server;
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
        try (var admin = server.connect()) {
            found.addAll(Sql.of(admin, ROLES).list(LocalInventory::role));
            found.addAll(Sql.of(admin, DATABASES).list(LocalInventory::database));
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
            found.addAll(Sql.of(admin, ROLES).list(LocalInventory::role));
            found.addAll(Sql.of(admin, DATABASES).list(LocalInventory::database));
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
                .map(secret -> signIn(desired, secret))
                .orElseGet(SignIn.NoAnswer::new);
    }

    private SignIn signIn(DatabaseSpec desired, Secret secret) {
        try (var tenant = connect(desired, secret.value())) {
            return Sql.of(tenant, BASELINE)
                    .one(row -> new SignIn.Works(row.getBoolean("baseline"), row.getBoolean("allowed")));
        } catch (SQLException e) {
            return e.getSQLState() != null && REFUSALS.contains(e.getSQLState())
                    ? new SignIn.Refused()
                    : new SignIn.NoAnswer();
        }
    }

    private Connection connect(DatabaseSpec desired, Map<String, String> credentials) throws SQLException {
        var role = credentials.getOrDefault("username", "");
        var password = credentials.getOrDefault("password", "");
        return switch (desired.placement()) {
            case SHARED -> server.connectAs(desired.name(), role, password);
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
                        .map(on -> orphan.kind() == Kind.ROLE
                                ? dropRole(on, tenant, orphan.name())
                                : dropDatabase(on, tenant, orphan.name()))
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
        return cluster.isEmpty() ? Optional.of(server) : uuid(cluster).flatMap(clusters::find);
    }

    private static Outcome dropRole(TenantServer server, UUID tenant, String role) {
        try (var admin = server.connect()) {
            var tag = TenantTag.onRole(admin, role);
            if (tag.isEmpty()) return Outcome.done(Map.of("role", role + " was not there"));
            if (!tag.get().equals(TenantTag.of(tenant))) return TenantDatabases.notOurs("role", role);
            DatabaseSql.dropRole(admin, role);
            return Outcome.done(Map.of("role", role + " dropped"));
        } catch (SQLException e) {
            if (STILL_NEEDED.equals(e.getSQLState()))
                return new Outcome.Failed(
                        "The role " + role + " still owns something. Remove its database first, then the role.");
            return Refusal.of("The role " + role + " could not be removed", e);
        }
    }

    private static Outcome dropDatabase(TenantServer server, UUID tenant, String database) {
        try (var admin = server.connect()) {
            var tag = TenantTag.onDatabase(admin, database);
            if (tag.isEmpty()) return Outcome.done(Map.of("database", database + " was not there"));
            if (!tag.get().equals(TenantTag.of(tenant))) return TenantDatabases.notOurs("database", database);
            DatabaseSql.drop(admin, database);
            return Outcome.done(Map.of("database", database + " dropped"));
        } catch (SQLException e) {
            return Refusal.of("The database " + database + " could not be removed", e);
        }
    }

    private static ObservedResource role(ResultSet row) throws SQLException {
        return new ObservedResource(
                Kind.ROLE,
                row.getString("rolname"),
                tagged(row.getString("tag")),
                Map.of(ObservedResource.LOGIN, Boolean.toString(row.getBoolean("rolcanlogin"))));
    }

    private static ObservedResource database(ResultSet row) throws SQLException {
        var properties = new HashMap<String, String>();
        properties.put(ObservedResource.OWNER, row.getString("owner"));
        properties.put(ObservedResource.PLATFORMS, Boolean.toString(row.getBoolean("platforms")));
        properties.put(ObservedResource.OWNER_IN_REACH, Boolean.toString(row.getBoolean("in_reach")));
        properties.put(ObservedResource.OWNER_CONNECTS, Boolean.toString(row.getBoolean("itself")));
        properties.put(ObservedResource.ANYBODY_CONNECTS, Boolean.toString(row.getBoolean("anybody")));
        properties.put(ObservedResource.OPEN, Boolean.toString(row.getBoolean("datallowconn")));
        properties.put(ObservedResource.CONNECTIONS, row.getString("connections"));
        if (row.getString("role_connections") != null)
            properties.put(ObservedResource.ROLE_CONNECTIONS, row.getString("role_connections"));
        properties.put(
                ObservedResource.STATEMENT_TIMEOUT, Objects.requireNonNullElse(row.getString("timeout"), "none"));
        return new ObservedResource(Kind.DATABASE, row.getString("datname"), tagged(row.getString("tag")), properties);
    }

    private static ObservedResource owned(Kind kind, ResultSet row) throws SQLException {
        return new ObservedResource(kind, row.getString(1), Optional.of(row.getObject(2, UUID.class)), Map.of());
    }

    private static Optional<UUID> tagged(@Nullable String comment) {
        return comment != null
                        && comment.startsWith(TenantTag.PREFIX)
                        && comment.length() >= TenantTag.PREFIX.length() + UUID_LENGTH
                ? uuid(comment.substring(TenantTag.PREFIX.length(), TenantTag.PREFIX.length() + UUID_LENGTH))
                : Optional.empty();
    }

    static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
