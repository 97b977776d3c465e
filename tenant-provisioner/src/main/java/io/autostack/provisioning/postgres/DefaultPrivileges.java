package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What a role grants by itself on everything that it makes, as statements that let another role do the same.
/// PostgreSQL hands such entries over to nobody: it drops them with what a role owns.
final class DefaultPrivileges {

    /// An entry for the whole database stands for all there are, so that what PostgreSQL would grant anyway is
    /// revoked first; one for a schema adds to those.
    private static final String STATEMENTS = """
            with entry as (
                select a.defaclacl as acl, case when n.oid is null then '' else format('in schema %I', n.nspname) end as place,
                       a.defaclnamespace = 0 as whole,
                       case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'routines'
                            when 'T' then 'types' when 'n' then 'schemas' when 'L' then 'large objects' end as kind
                  from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
                 where a.defaclrole = (select oid from pg_roles where rolname = ?))
            select 1 as turn, format('alter default privileges for role %1$I revoke all on %2$s from public, %1$I',
                                     ?::text, kind) as statement
              from entry where whole
            union all
            select 2, format('alter default privileges for role %I %s grant %s on %s to %s%s', ?::text, e.place,
                             string_agg(x.privilege_type, ', '), e.kind,
                             case when x.grantee = 0 then 'public' when r.rolname = ? then quote_ident(?)
                                  else quote_ident(r.rolname) end,
                             case when x.is_grantable then ' with grant option' else '' end)
              from entry e cross join aclexplode(e.acl) x left join pg_roles r on r.oid = x.grantee
             where x.grantee = 0 or r.oid is not null
             group by e.place, e.kind, x.grantee, r.rolname, x.is_grantable
             order by 1, 2
            """;

    private DefaultPrivileges() {}

    /// @param from who has them now
    /// @param to who is to have them
    static List<String> statements(Connection database, String from, String to) throws SQLException {
        return Sql.of(database, STATEMENTS, from, to, to, from, to).list(row -> row.getString("statement"));
    }
}
