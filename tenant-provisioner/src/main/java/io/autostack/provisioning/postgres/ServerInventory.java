package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.SignIn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// What is really there on a server of tenants' databases: roles and databases that carry a tenant's tag or a name of
/// ours, whatever is well or broken.
public final class ServerInventory {

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

    private ServerInventory() {}

    /// One question for the roles and one for the databases.
    public static List<ObservedResource> of(Connection admin) throws SQLException {
        var found = new ArrayList<>(Sql.of(admin, ROLES).list(ServerInventory::role));
        found.addAll(Sql.of(admin, DATABASES).list(ServerInventory::database));
        return found;
    }

    /// Opens a session with a tenant's credentials.
    public interface Opening {
        Connection open() throws SQLException;
    }

    /// What came of it.
    public static SignIn signIn(Opening opening) {
        try (var tenant = opening.open()) {
            return Sql.of(tenant, BASELINE)
                    .one(row -> new SignIn.Works(row.getBoolean("baseline"), row.getBoolean("allowed")));
        } catch (SQLException e) {
            return e.getSQLState() != null && REFUSALS.contains(e.getSQLState())
                    ? new SignIn.Refused()
                    : new SignIn.NoAnswer();
        }
    }

    /// Takes away the role or database of this name, if it carries the tenant's tag.
    public static Outcome remove(TenantServer server, Kind kind, String name, UUID tenant) {
        return kind == Kind.ROLE ? dropRole(server, tenant, name) : dropDatabase(server, tenant, name);
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
                TenantTag.tenant(row.getString("tag")),
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
        return new ObservedResource(
                Kind.DATABASE, row.getString("datname"), TenantTag.tenant(row.getString("tag")), properties);
    }
}
