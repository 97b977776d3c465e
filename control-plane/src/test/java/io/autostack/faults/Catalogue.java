package io.autostack.faults;

import io.autostack.provisioning.plans.Names;
import io.autostack.testing.Server;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// What is there, as the server's own catalogues and the driver's tables say.
final class Catalogue {

    private static final String ROLES =
            "select 'role ' || rolname || case when rolcanlogin then '' else ', no login' end"
                    + " || ', ' || coalesce(shobj_description(oid, 'pg_authid'), 'untagged')"
                    + " from pg_roles where rolname like ?";
    private static final String DATABASES = """
            select 'database ' || datname || ' of ' || pg_get_userbyid(datdba)
                   || case when datallowconn then '' else ', closed' end || ', limit ' || datconnlimit
                   || case when has_database_privilege('public', oid, 'connect') then ', open to anybody' else '' end
                   || ', ' || coalesce(shobj_description(oid, 'pg_database'), 'untagged')
                   || ', ' || (select coalesce(string_agg(setting, ' ' order by setting), 'no settings')
                                 from pg_db_role_setting s, unnest(s.setconfig) setting where s.setdatabase = d.oid)
              from pg_database d where datname like ?
            """;
    private static final String SECRETS =
            "select distinct 'secret ' || name || ' of ' || tenant_id from provisioning.secret where name like ?";
    private static final String ROUTES =
            "select 'route ' || host || ' to ' || tenant_id from provisioning.route where host like ?";

    private static final String SNAPSHOTS = """
            select 'snapshot ' || datname || ' of ' || pg_get_userbyid(datdba)
                   || case when datallowconn then ', open' else '' end
                   || case when rolcanlogin then ', its role may sign in' else '' end
                   || ', ' || shobj_description(d.oid, 'pg_database')
              from pg_database d join pg_roles r on r.oid = datdba
             where starts_with(datname, 'snapshot_') and strpos(shobj_description(d.oid, 'pg_database'), ?) > 0
            """;
    private static final String SNAPSHOT_ROLES =
            "select 'role ' || rolname from pg_roles where starts_with(rolname, 'snapshot_')"
                    + " and shobj_description(oid, 'pg_authid') = 'autostack:tenant=' || ?";

    private static final String TENANTS = "tenant\\_%";

    private Catalogue() {}

    /// Everything that carries a name of the tenant or belongs to it, one line each.
    static List<String> of(UUID tenant, String slug) throws SQLException {
        var found = new ArrayList<String>();
        var begins = Names.database(tenant).replace("_", "\\_") + "%";
        found.addAll(texts("postgres", ROLES, begins));
        found.addAll(texts("postgres", DATABASES, begins));
        found.addAll(texts("autostack", SECRETS, "tenants/" + slug + "/%"));
        found.addAll(texts("autostack", ROUTES, slug + ".%"));
        found.addAll(texts("postgres", SNAPSHOTS, tenant.toString()));
        found.addAll(texts("postgres", SNAPSHOT_ROLES, tenant.toString()));
        return found.stream().sorted().toList();
    }

    /// The names of everything that belongs to any tenant.
    static Set<String> names() throws SQLException {
        var found = new TreeSet<String>();
        for (var name : texts("postgres", "select rolname from pg_roles where rolname like ?", TENANTS))
            found.add("role " + name);
        for (var name : texts("postgres", "select datname from pg_database where datname like ?", TENANTS))
            found.add("database " + name);
        for (var name : texts("autostack", "select name from provisioning.secret where name like ?", "tenants/%"))
            found.add("secret " + name);
        for (var host : texts("autostack", "select host from provisioning.route where host like ?", "%"))
            found.add("route " + host);
        return found;
    }

    static List<String> texts(String database, String query, String... parameters) throws SQLException {
        return Server.texts(database, query, parameters);
    }

    static void execute(java.sql.Connection connection, String... statements) throws SQLException {
        try (connection;
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }
}
