package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.SchemaReading;
import java.sql.Connection;
import java.sql.SQLException;

/// What the catalogue says about the objects of a database, as one number: two databases with the same one have
/// the same tables, columns, defaults, constraints, indexes, views, functions, triggers, policies and types, in
/// whatever order they came to them. Owners and grants are left out: they differ from tenant to tenant.
final class Fingerprint {

    private static final String OBJECTS = """
            with ours as (
                 select oid, nspname from pg_namespace
                  where nspname not in ('pg_catalog', 'information_schema', 'autostack')
                    and not starts_with(nspname, 'pg_toast') and not starts_with(nspname, 'pg_temp')),
            relation as (
                 select c.*, format('%I.%I', n.nspname, c.relname) as name
                   from pg_class c join ours n on n.oid = c.relnamespace
                  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S'))
            select format('schema %s', nspname) as line from ours
             union all
            select format('extension %s %s', extname, extversion) from pg_extension
             union all
            select format('relation %s %s %s %s', relkind, name, relrowsecurity, relforcerowsecurity) from relation
             union all
            select format('column %s.%I %s %s %s %s %s', r.name, a.attname, format_type(a.atttypid, a.atttypmod),
                          a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
              from relation r
              join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
             where r.relkind <> 'S'
             union all
            select format('constraint %s.%I %s', coalesce(r.name, k.contypid::regtype::text), k.conname,
                          pg_get_constraintdef(k.oid))
              from pg_constraint k join ours n on n.oid = k.connamespace left join relation r on r.oid = k.conrelid
             union all
            select format('index %s', pg_get_indexdef(i.indexrelid))
              from pg_index i join relation r on r.oid = i.indrelid
             union all
            select format('view %s %s', name, pg_get_viewdef(oid)) from relation where relkind in ('v', 'm')
             union all
            select format('trigger %s', pg_get_triggerdef(t.oid))
              from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
             union all
            select format('policy %s.%I %s %s %s %s', r.name, p.polname, p.polcmd, p.polpermissive,
                          pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
              from pg_policy p join relation r on r.oid = p.polrelid
             union all
            select format('function %I.%I(%s) %s', n.nspname, f.proname, pg_get_function_identity_arguments(f.oid),
                          case when f.prokind in ('f', 'p', 'w') then pg_get_functiondef(f.oid) end)
              from pg_proc f join ours n on n.oid = f.pronamespace
             where not exists (select from pg_depend d
                                where d.classid = 'pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')
             union all
            select format('type %I.%I %s %s %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
                          t.typnotnull, t.typdefault)
              from pg_type t join ours n on n.oid = t.typnamespace where t.typtype = 'd'
             union all
            select format('type %I.%I %s', n.nspname, t.typname, string_agg(e.enumlabel, ',' order by e.enumsortorder))
              from pg_type t join ours n on n.oid = t.typnamespace join pg_enum e on e.enumtypid = t.oid
             group by n.nspname, t.typname
            """;

    private static final String HASH = """
            select encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' order by line collate "C"), ''), 'UTF8')),
                          'hex')
              from (
            """ + OBJECTS + ") as object";

    private Fingerprint() {}

    /// @param inside a connection to the database; nothing else is done with it
    static SchemaReading.Found of(Connection inside) throws SQLException {
        try (var statement = inside.createStatement()) {
            // Definitions are written with the names of schemas only where the path does not lead to them.
            statement.execute("set search_path = pg_catalog; set lock_timeout = '3s'");
            return new SchemaReading.Found(SchemaHistory.version(inside), text(inside, HASH));
        }
    }

    private static String text(Connection inside, String query) throws SQLException {
        try (var statement = inside.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
