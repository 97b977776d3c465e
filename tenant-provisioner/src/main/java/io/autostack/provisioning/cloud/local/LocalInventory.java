package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.Found;
import io.autostack.provisioning.cloud.Found.Kind;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is really there on this machine, read in one question for each kind, whatever is well or broken. Dedicated
/// clusters are left out: one that does not answer must not look like a tenant whose database is gone.
@ApplicationScoped
class LocalInventory {

    private static final String TAG = "autostack:tenant=";
    private static final int UUID_LENGTH = 36;
    private static final String STILL_NEEDED = "2BP01";
    private static final Set<String> REFUSALS = Set.of("28000", "28P01", "42501");

    private static final String ROLES = """
            select r.rolname, c.description as tag, r.rolcanlogin
              from pg_roles r
              left join pg_shdescription c on c.objoid = r.oid and c.classoid = 'pg_authid'::regclass
             where c.description like 'autostack:tenant=%' or r.rolname like 'tenant\\_%'
            """;

    private static final String DATABASES = """
            select d.datname, c.description as tag, pg_get_userbyid(d.datdba) as owner,
                   pg_has_role(d.datdba, 'usage') as in_reach, d.datallowconn, d.datconnlimit,
                   has_database_privilege('public', d.oid, 'connect') as anybody,
                   has_database_privilege(d.datdba, d.oid, 'connect') as itself,
                   (select substring(s.one from '=(.*)$') from pg_db_role_setting r, unnest(r.setconfig) s (one)
                     where r.setdatabase = d.oid and r.setrole = 0 and s.one like 'statement\\_timeout=%') as timeout
              from pg_database d
              left join pg_shdescription c on c.objoid = d.oid and c.classoid = 'pg_database'::regclass
             where not d.datistemplate and (c.description like 'autostack:tenant=%' or d.datname like 'tenant\\_%')
            """;

    private static final String SECRETS =
            "select name, tenant_id from provisioning.secret where not starts_with(name, 'clusters/') group by name, tenant_id";
    private static final String ROUTES = "select host, tenant_id from provisioning.route";

    private static final String BASELINE = """
            select count(*) > 0 as baseline, coalesce(bool_and(has_table_privilege(c.oid, 'select')), true) as allowed
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'app' and c.relkind = 'r'
            """;

    private final TenantServer server;
    private final PlatformDatabase platform;
    private final SecretStore secrets;
    private final HostNames routes;
    private final Containers containers;

    @Inject
    LocalInventory(
            TenantServer server,
            PlatformDatabase platform,
            SecretStore secrets,
            HostNames routes,
            Containers containers) {
        this.server = server;
        this.platform = platform;
        this.secrets = secrets;
        this.routes = routes;
        this.containers = containers;
    }

    List<Found> all() {
        var found = new ArrayList<Found>();
        try (var admin = server.connect()) {
            read(admin, ROLES, found, LocalInventory::role);
            read(admin, DATABASES, found, LocalInventory::database);
        } catch (SQLException outage) {
            throw new IllegalStateException("the tenants' database server cannot be looked at", outage);
        }
        platform.alone(connection -> {
            read(connection, SECRETS, found, row -> owned(Kind.SECRET, row));
            read(connection, ROUTES, found, row -> owned(Kind.ROUTE, row));
            return found;
        });
        found.addAll(containers.all());
        return found;
    }

    SignIn signIn(DatabaseWanted wanted, Secret secret) {
        var value = secret.value();
        try (var tenant = server.connectAs(
                        wanted.name(), value.getOrDefault("username", ""), value.getOrDefault("password", ""));
                var statement = tenant.createStatement();
                var row = statement.executeQuery(BASELINE)) {
            row.next();
            return new SignIn.Works(row.getBoolean("baseline"), row.getBoolean("allowed"));
        } catch (SQLException refused) {
            return refused.getSQLState() != null && REFUSALS.contains(refused.getSQLState())
                    ? new SignIn.Refused()
                    : new SignIn.NoAnswer();
        }
    }

    Outcome remove(Found orphan) {
        var tenant = orphan.tenant().orElseThrow();
        return switch (orphan.kind()) {
            case ROLE -> dropRole(tenant, orphan.name());
            case DATABASE -> dropDatabase(tenant, orphan.name());
            case SECRET -> secrets.remove(tenant, orphan.name());
            case ROUTE -> routes.remove(tenant, orphan.name());
            case CONTAINER -> containers.remove(tenant, orphan.name());
        };
    }

    private Outcome dropRole(UUID tenant, String role) {
        try (var admin = server.connect()) {
            var tag = TenantDatabases.comment(admin, "pg_authid", "pg_roles", "rolname", role);
            if (tag.isEmpty()) return Outcome.done(Map.of("role", role + " was not there"));
            if (!tag.get().equals(TenantDatabases.tag(tenant))) return TenantDatabases.notOurs("role", role);
            execute(admin, "drop role " + quoted(role));
            return Outcome.done(Map.of("role", role + " dropped"));
        } catch (SQLException refused) {
            if (STILL_NEEDED.equals(refused.getSQLState()))
                return new Outcome.Failed(
                        "The role " + role + " still owns something. Remove its database first, then the role.");
            throw new IllegalStateException("role " + role + " could not be removed", refused);
        }
    }

    private Outcome dropDatabase(UUID tenant, String database) {
        try (var admin = server.connect()) {
            var tag = TenantDatabases.comment(admin, "pg_database", "pg_database", "datname", database);
            if (tag.isEmpty()) return Outcome.done(Map.of("database", database + " was not there"));
            if (!tag.get().equals(TenantDatabases.tag(tenant))) return TenantDatabases.notOurs("database", database);
            execute(admin, "drop database " + quoted(database) + " with (force)");
            return Outcome.done(Map.of("database", database + " dropped"));
        } catch (SQLException refused) {
            throw new IllegalStateException("database " + database + " could not be removed", refused);
        }
    }

    /// One row as a found thing.
    private interface Row {
        Found of(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String question, List<Found> into, Row each) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) into.add(each.of(rows));
        }
    }

    private static Found role(ResultSet row) throws SQLException {
        return new Found(
                Kind.ROLE,
                row.getString("rolname"),
                tagged(row.getString("tag")),
                Map.of(Found.LOGIN, Boolean.toString(row.getBoolean("rolcanlogin"))));
    }

    private static Found database(ResultSet row) throws SQLException {
        var timeout = row.getString("timeout");
        return new Found(
                Kind.DATABASE,
                row.getString("datname"),
                tagged(row.getString("tag")),
                Map.of(
                        Found.OWNER, row.getString("owner"),
                        Found.OWNER_IN_REACH, Boolean.toString(row.getBoolean("in_reach")),
                        Found.OWNER_CONNECTS, Boolean.toString(row.getBoolean("itself")),
                        Found.ANYBODY_CONNECTS, Boolean.toString(row.getBoolean("anybody")),
                        Found.OPEN, Boolean.toString(row.getBoolean("datallowconn")),
                        Found.CONNECTIONS, row.getString("datconnlimit"),
                        Found.STATEMENT_TIMEOUT, timeout == null ? "none" : timeout));
    }

    private static Found owned(Kind kind, ResultSet row) throws SQLException {
        return new Found(kind, row.getString(1), Optional.of(row.getObject(2, UUID.class)), Map.of());
    }

    private static Optional<UUID> tagged(@Nullable String comment) {
        return comment != null && comment.startsWith(TAG) && comment.length() >= TAG.length() + UUID_LENGTH
                ? uuid(comment.substring(TAG.length(), TAG.length() + UUID_LENGTH))
                : Optional.empty();
    }

    static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
