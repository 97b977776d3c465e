package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantDatabases.inTransaction;
import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Everything inside a database changes hands, so that a copy does not depend on the role it was copied from.
///
/// @param from keeps nothing inside, not even rights, and everything outside
/// @param to owner of the database
record Handover(String from, String to) {

    /// One transaction. PostgreSQL hands over databases as well, whichever one it is asked in: those are given back.
    void inside(Connection database) throws SQLException {
        inTransaction(database, () -> {
            execute(database, "set local search_path = pg_catalog");
            var owned = texts(database, """
                    select quote_ident(datname) from pg_database
                     where datdba = (select oid from pg_roles where rolname = ?) and datname <> current_database()
                    """, from);
            schemas(database);
            policies(database);
            execute(database, "reassign owned by " + quoted(from) + " to " + quoted(to));
            execute(database, "drop owned by " + quoted(from));
            for (var other : owned) execute(database, "alter database " + other + " owner to " + quoted(from));
            return true;
        });
    }

    /// Before what is in them: a function goes only to somebody who may create in its schema.
    private void schemas(Connection database) throws SQLException {
        for (var schema : texts(database, """
                select quote_ident(nspname) from pg_namespace
                 where nspowner = (select oid from pg_roles where rolname = ?)
                """, from))
            execute(database, "alter schema " + schema + " owner to " + quoted(to));
    }

    /// Otherwise those that name the role would be dropped with its rights.
    private void policies(Connection database) throws SQLException {
        for (var policy : texts(database, """
                select format('alter policy %I on %I.%I to ', p.polname, n.nspname, c.relname)
                       || (select string_agg(case when r = f.oid then quote_ident(?) when r = 0 then 'public'
                                                  else quote_ident(pg_get_userbyid(r)) end, ', ')
                             from unnest(p.polroles) r)
                  from pg_policy p
                  join pg_class c on c.oid = p.polrelid
                  join pg_namespace n on n.oid = c.relnamespace
                  join pg_roles f on f.rolname = ?
                 where f.oid = any (p.polroles)
                """, to, from)) execute(database, policy);
    }

    private static List<String> texts(Connection database, String query, String... roles) throws SQLException {
        try (var select = database.prepareStatement(query)) {
            for (int i = 0; i < roles.length; i++) select.setString(i + 1, roles[i]);
            try (var rows = select.executeQuery()) {
                var texts = new ArrayList<String>();
                while (rows.next()) texts.add(rows.getString(1));
                return texts;
            }
        }
    }
}
