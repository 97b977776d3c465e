package io.autostack.testing;

import io.autostack.provisioning.plans.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A tenant's database as the tenant's own application meets it, and looks into databases of any kind.
public final class TenantDatabase {

    private TenantDatabase() {}

    /// The name that the tenant's database began with; a restored or moved one has a number behind it.
    public static String name(String slug) {
        var tenant = JsonAnswer.of(Callers.operator().get("/api/v1/tenants/" + slug));
        return Names.database(UUID.fromString(tenant.text("id")));
    }

    /// The name of the only database of the tenant's apps.
    public static String ofApp(String slug) {
        try {
            return Ending.onServer(
                            "select datname from pg_database where starts_with(datname, '" + name(slug) + "__a')")
                    .getFirst();
        } catch (SQLException e) {
            throw new IllegalStateException("the server does not say which databases it has", e);
        }
    }

    /// With the credentials that the application gets.
    public static Connection connect(String slug) throws SQLException {
        var secret = Callers.application().get("/api/v1/secrets/tenants/" + slug + "/database");
        secret.then().statusCode(200);
        return Server.as(JsonAnswer.of(secret).texts("value"), name(slug));
    }

    public static void run(String slug, String sql) throws SQLException {
        try (var tenant = connect(slug)) {
            execute(tenant, sql);
        }
    }

    public static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    public static List<String> texts(Connection database, String query) throws SQLException {
        try (var select = database.createStatement();
                var rows = select.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) found.add(rows.getString(1));
            return found;
        }
    }

    /// Every row of every table.
    public static List<String> contents(Connection database) throws SQLException {
        var all = new ArrayList<String>();
        for (var table : texts(database, """
                select format('%I.%I', schemaname, tablename) from pg_tables
                 where schemaname not in ('pg_catalog', 'information_schema', 'autostack') order by 1
                """))
            all.addAll(texts(
                    database, "select '" + table.replace("'", "''") + " ' || t::text from " + table + " t order by 1"));
        return all;
    }

    /// Columns, constraints, indexes, views, triggers, policies, comments and positions of sequences.
    public static List<String> structure(Connection database) throws SQLException {
        return texts(database, """
                with ours as (select c.oid, c.oid::regclass::text as name from pg_class c
                               where relnamespace::regnamespace::text
                                     not in ('pg_catalog', 'information_schema', 'pg_toast', 'autostack'))
                select * from (
                select format('%s.%s %s %s %s %s %s', o.name, a.attname, format_type(atttypid, atttypmod), attnotnull,
                              attidentity, attgenerated, pg_get_expr(d.adbin, d.adrelid))
                  from ours o join pg_attribute a on attrelid = o.oid and attnum > 0
                  left join pg_attrdef d on adrelid = o.oid and adnum = attnum
                union all
                select o.name || conname || pg_get_constraintdef(k.oid)
                  from pg_constraint k join ours o on o.oid = conrelid
                union all select pg_get_indexdef(i.indexrelid) from pg_index i join ours o on o.oid = indrelid
                union all select o.name || pg_get_viewdef(o.oid) from ours o join pg_views
                          on o.name = format('%I.%I', schemaname, viewname)
                union all select pg_get_triggerdef(t.oid) from pg_trigger t join ours o on o.oid = tgrelid
                          where not tgisinternal
                union all select format('%s %s %s %s', schemaname, tablename, policyname, qual) from pg_policies
                union all select format('%s %s %s %s', o.name, relrowsecurity, relkind, obj_description(o.oid))
                          from ours o join pg_class c using (oid)
                union all select format('%s.%s %s %s', schemaname, sequencename, start_value, last_value)
                          from pg_sequences where schemaname <> 'autostack'
                ) all_there_is(line) order by 1
                """);
    }
}
