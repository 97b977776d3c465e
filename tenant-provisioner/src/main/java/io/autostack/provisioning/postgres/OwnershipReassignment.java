package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.inTransaction;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Everything inside a database changes hands, so that a copy does not depend on the roles it was copied from.
/// Only catalogues change: nothing that a tenant made runs on the way.
///
/// @param from keep nothing inside, not even rights; those that do not exist have nothing
/// @param to whose it is afterwards
record OwnershipReassignment(List<String> from, String to) {

    /// Of relations in one transaction. What is handed over stays locked until that ends, in a table that is one for
    /// the whole server: a tenant with many of them would leave nothing for the others.
    static final int AT_ONCE = 500;

    private static final String RELATIONS = """
            select format('alter table %%I.%%I owner to %%I', n.nspname, c.relname, ?::text)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relowner = (select oid from pg_roles where rolname = ?)
               and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_'
               and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                  and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
             limit %d
            """.formatted(AT_ONCE);

    /// Relations first where there are many. The rest is one transaction, in which the platform acts for these
    /// roles and after which it does not. PostgreSQL hands over databases and takes rights away from them as well,
    /// whichever database it is asked in: those are given back.
    void inside(Connection database) throws SQLException {
        for (var role : from) if (!role.equals(to)) while (someRelations(database, role)) continue;
        inTransaction(database, () -> {
            var there = Sql.of(database, """
                    select rolname from pg_roles where rolname = any (string_to_array(?, ',')) order by rolname
                    """, String.join(",", from)).texts();
            var acting = new ActingFor(database);
            acting.begin(to);
            for (var role : there) if (!role.equals(to)) acting.begin(role);
            for (var role : there) {
                schemas(database, role);
                policies(database, role);
                var owned = Sql.of(database, """
                        select quote_ident(datname) from pg_database
                         where datdba = (select oid from pg_roles where rolname = ?) and datname <> current_database()
                        """, role).texts();
                var allowed = Sql.of(database, """
                        select format('grant %s on database %I to %I', string_agg(a.privilege_type, ', '), d.datname, r.rolname)
                          from pg_database d cross join aclexplode(d.datacl) a join pg_roles r on r.oid = a.grantee
                         where r.rolname = ? and d.datdba <> r.oid
                         group by d.datname, r.rolname
                        """, role).texts();
                // The second login's own say nothing about what the tenant's role makes.
                var grants = role.equals(from.getFirst())
                        ? DefaultPrivileges.statements(database, role, to)
                        : List.<String>of();
                execute(database, "reassign owned by " + quoted(role) + " to " + quoted(to));
                execute(database, "drop owned by " + quoted(role));
                for (var other : owned) execute(database, "alter database " + other + " owner to " + quoted(role));
                for (var right : allowed) execute(database, right);
                for (var grant : grants) execute(database, grant);
            }
            acting.end();
            return true;
        });
    }

    /// @return whether there were as many as are handed over at once, so that there may be more
    private boolean someRelations(Connection database, String role) throws SQLException {
        var some = Sql.of(database, RELATIONS, to, role).texts();
        if (some.size() < AT_ONCE) return false;
        return inTransaction(database, () -> {
            var acting = new ActingFor(database);
            acting.begin(to);
            acting.begin(role);
            schemas(database, role);
            for (var relation : some) execute(database, relation);
            acting.end();
            return true;
        });
    }

    /// Before what is in them: a function goes only to somebody who may create in its schema.
    private void schemas(Connection database, String role) throws SQLException {
        for (var schema : Sql.of(database, """
                select quote_ident(nspname) from pg_namespace
                 where nspowner = (select oid from pg_roles where rolname = ?)
                """, role).texts())
            execute(database, "alter schema " + schema + " owner to " + quoted(to));
    }

    /// Otherwise those that name the role would be dropped with its rights.
    private void policies(Connection database, String role) throws SQLException {
        for (var policy : Sql.of(database, """
                select format('alter policy %I on %I.%I to ', p.polname, n.nspname, c.relname)
                       || (select string_agg(case when r = f.oid then quote_ident(?) when r = 0 then 'public'
                                                  else quote_ident(pg_get_userbyid(r)) end, ', ')
                             from unnest(p.polroles) r)
                  from pg_policy p
                  join pg_class c on c.oid = p.polrelid
                  join pg_namespace n on n.oid = c.relnamespace
                  join pg_roles f on f.rolname = ?
                 where f.oid = any (p.polroles)
                """, to, role).texts()) execute(database, policy);
    }
}
