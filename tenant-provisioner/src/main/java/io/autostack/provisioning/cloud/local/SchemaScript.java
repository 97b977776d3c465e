package io.autostack.provisioning.cloud.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A database's structure as SQL, made from its catalogues. Each query answers finished statements, so that one of any
/// size passes through; `search_path` must be `pg_catalog`, so that every name is written in full.
final class SchemaScript {

    /// Of relations `c` in schemas `n`: the tenant's own, neither the server's nor those of extensions, and not the
    /// history of the baseline's migrations.
    static final String OF_THE_TENANT = """
            n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relpersistence <> 't'
               and (n.nspname, c.relname) <> ('autostack', 'flyway_schema_history')
               and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                  and d.deptype = 'e')
            """;

    private static final String RELATION = " pg_class c join pg_namespace n on n.oid = c.relnamespace ";

    private static final String SCHEMAS = """
            select format('create schema if not exists %I;', nspname) from pg_namespace n
             where nspname !~ '^pg_' and nspname <> 'information_schema' order by nspname
            """;

    private static final String EXTENSIONS = """
            select format('create extension if not exists %I with schema %I;', extname, nspname)
              from pg_extension join pg_namespace n on n.oid = extnamespace where extname <> 'plpgsql' order by extname
            """;

    /// In the order in which they were made: a type can only use those that were there.
    private static final String TYPES = """
            select case t.typtype
                   when 'e' then format('create type %I.%I as enum (%s);', n.nspname, t.typname,
                        (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder)
                           from pg_enum where enumtypid = t.oid))
                   when 'd' then format('create domain %I.%I as %s%s%s%s;', n.nspname, t.typname,
                        format_type(t.typbasetype, t.typtypmod), ' default ' || t.typdefault,
                        case when t.typnotnull then ' not null' end,
                        (select string_agg(format(' constraint %I %s', conname, pg_get_constraintdef(k.oid)), '')
                           from pg_constraint k where contypid = t.oid and contype = 'c'))
                   when 'r' then format('create type %I.%I as range (subtype = %s);', n.nspname, t.typname,
                        (select format_type(rngsubtype, null) from pg_range where rngtypid = t.oid))
                   else format('create type %I.%I as (%s);', n.nspname, t.typname,
                        (select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', '
                                           order by attnum)
                           from pg_attribute where attrelid = t.typrelid and attnum > 0 and not attisdropped))
                   end
              from pg_type t join pg_namespace n on n.oid = t.typnamespace
             where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
               and (t.typtype in ('e', 'd', 'r')
                    or t.typtype = 'c' and exists (select from pg_class where oid = t.typrelid and relkind = 'c'))
               and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid
                                  and d.deptype = 'e')
             order by t.oid
            """;

    private static final String SEQUENCE = """
            start with %s increment by %s minvalue %s maxvalue %s cache %s%s""";

    private static final String SEQUENCE_VALUES = """
            seqstart, seqincrement, seqmin, seqmax, seqcache, case when seqcycle then ' cycle' end""";

    private static final String SEQUENCES = """
            select format('create sequence %%I.%%I as %%s %s;', n.nspname, c.relname, format_type(seqtypid, null), %s)
              from %s join pg_sequence s on s.seqrelid = c.oid
             where %s and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i'
                                         and d.classid = 'pg_class'::regclass)
             order by n.nspname, c.relname
            """.formatted(SEQUENCE, SEQUENCE_VALUES, RELATION, OF_THE_TENANT);

    private static final String TABLES = """
            select format(E'create %%stable %%I.%%I (\\n%%s\\n)%%s;', case when c.relpersistence = 'u' then 'unlogged ' end,
                   n.nspname, c.relname,
                   (select string_agg(format('    %%I %%s%%s%%s%%s', a.attname, format_type(a.atttypid, a.atttypmod),
                           (select format(' collate %%I.%%I', l.nspname, o.collname)
                              from pg_collation o join pg_namespace l on l.oid = o.collnamespace
                             where o.oid = a.attcollation
                               and a.attcollation <> (select typcollation from pg_type where oid = a.atttypid)),
                           case when a.attgenerated <> '' then format(' generated always as (%%s) %%s',
                                (select pg_get_expr(adbin, adrelid) from pg_attrdef
                                  where adrelid = c.oid and adnum = a.attnum),
                                case a.attgenerated when 's' then 'stored' else 'virtual' end)
                                when a.attidentity <> '' then
                                (select format(' generated %%s as identity (sequence name %%s %s)',
                                        case a.attidentity when 'a' then 'always' else 'by default' end,
                                        seqrelid::regclass, %s)
                                   from pg_depend d join pg_sequence s on s.seqrelid = d.objid
                                  where d.refobjid = c.oid and d.refobjsubid = a.attnum and d.deptype = 'i'
                                    and d.classid = 'pg_class'::regclass) end,
                           case when a.attnotnull then concat((select format(' constraint %%I', k.conname)
                                from pg_constraint k where k.conrelid = c.oid and k.contype = 'n'
                                 and k.conkey = array[a.attnum]), ' not null') end), E',\\n' order by a.attnum)
                      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                   ' partition by ' || pg_get_partkeydef(c.oid))
              from %s where c.relkind in ('r', 'p') and %s order by c.oid
            """.formatted(SEQUENCE, SEQUENCE_VALUES, RELATION, OF_THE_TENANT);

    private static final String INHERITED = """
            select case when c.relispartition
                   then format('alter table %%s attach partition %%I.%%I %%s;', i.inhparent::regclass, n.nspname,
                               c.relname, pg_get_expr(c.relpartbound, c.oid))
                   else format('alter table %%I.%%I inherit %%s;', n.nspname, c.relname, i.inhparent::regclass) end
              from %s join pg_inherits i on i.inhrelid = c.oid where c.relkind in ('r', 'p') and %s order by c.oid
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String FUNCTIONS = """
            select pg_get_functiondef(p.oid) || ';' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where p.prokind in ('f', 'p', 'w') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
               and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                  and d.deptype in ('e', 'i'))
               and (p.prosqlbody is not null
                    or exists (select from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind <> 'c'
                                where t.oid = any (p.prorettype || coalesce(p.proallargtypes, p.proargtypes::oid[]))
                                   or t.typarray = any (p.prorettype || coalesce(p.proallargtypes, p.proargtypes::oid[])))
                   ) = %s
             order by p.oid
            """;

    /// What columns are generated by.
    private static final String FUNCTIONS_WITHOUT_TABLES = FUNCTIONS.formatted("false");

    private static final String FUNCTIONS_OF_TABLES = FUNCTIONS.formatted("true");

    private static final String DEFAULTS = """
            select format('alter table %%I.%%I alter column %%I set default %%s;', n.nspname, c.relname, a.attname,
                          pg_get_expr(f.adbin, f.adrelid))
              from %s join pg_attrdef f on f.adrelid = c.oid
              join pg_attribute a on a.attrelid = c.oid and a.attnum = f.adnum and a.attgenerated = ''
             where c.relkind in ('r', 'p') and %s order by n.nspname, c.relname, a.attnum
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String OWNED_SEQUENCES = """
            select format('alter sequence %%I.%%I owned by %%s.%%I;', n.nspname, c.relname, d.refobjid::regclass, a.attname)
              from %s join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a'
              join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
             where c.relkind = 'S' and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    /// Keys before references to them; what a partition has from its parent comes with the parent.
    private static final String CONSTRAINTS = """
            select format('alter table %%I.%%I add constraint %%I %%s;', n.nspname, c.relname, k.conname,
                          pg_get_constraintdef(k.oid))
              from %s join pg_constraint k on k.conrelid = c.oid and k.conparentid = 0 and k.coninhcount = 0
             where k.contype in ('p', 'u', 'x', 'c', 'f') and c.relkind in ('r', 'p') and %s
             order by k.contype = 'f', k.oid
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String INDEXES = """
            select replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') || ';'
              from %s join pg_index i on i.indrelid = c.oid join pg_class x on x.oid = i.indexrelid
             where not x.relispartition and c.relkind in ('r', 'p') and %s
               and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
             order by i.indexrelid
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String VIEWS = """
            select format('create %%sview %%I.%%I as %%s', case c.relkind when 'm' then 'materialized ' end, n.nspname,
                          c.relname, pg_get_viewdef(c.oid))
              from %s where c.relkind in ('v', 'm') and %s order by c.oid
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String TRIGGERS = """
            select pg_get_triggerdef(t.oid) || ';' from %s join pg_trigger t on t.tgrelid = c.oid
             where not t.tgisinternal and t.tgparentid = 0 and %s order by t.oid
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String ROW_SECURITY = """
            select format('alter table %%I.%%I enable row level security;', n.nspname, c.relname)
              from %s where c.relrowsecurity and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String POLICIES = """
            select format('create policy %%I on %%I.%%I as %%s for %%s to %%s%%s%%s;', p.policyname, n.nspname, c.relname,
                          p.permissive, p.cmd, (select string_agg(case role when 'public' then role
                                                   else quote_ident(role) end, ', ') from unnest(p.roles) role),
                          ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
              from %s join pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname
             where %s order by n.nspname, c.relname, p.policyname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String POSITIONS = """
            select format('select pg_catalog.setval(%%L, %%s);', c.oid::regclass, pg_sequence_last_value(s.seqrelid))
              from %s join pg_sequence s on s.seqrelid = c.oid
             where pg_sequence_last_value(s.seqrelid) is not null and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String COMMENTS = """
            select format('comment on %%s %%I.%%I%%s is %%L;',
                          case when d.objsubid > 0 then 'column' when c.relkind = 'v' then 'view'
                               when c.relkind = 'm' then 'materialized view' else 'table' end,
                          n.nspname, c.relname, '.' || quote_ident(a.attname), d.description)
              from %s join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
              left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
             where c.relkind in ('r', 'p', 'v', 'm') and %s order by n.nspname, c.relname, d.objsubid
            """.formatted(RELATION, OF_THE_TENANT);

    private SchemaScript() {}

    /// The script falls into two: rows are loaded in between, and then nothing has to be in any order.
    enum Part {
        BEFORE_THE_ROWS(
                "schema.sql",
                "Schemas, extensions, types, sequences, tables with their columns, functions and defaults. Run it in an"
                        + " empty database, load the files of the folder “data”, then run schema-after-data.sql.",
                List.of(
                        SCHEMAS,
                        EXTENSIONS,
                        TYPES,
                        SEQUENCES,
                        FUNCTIONS_WITHOUT_TABLES,
                        TABLES,
                        INHERITED,
                        FUNCTIONS_OF_TABLES,
                        DEFAULTS,
                        OWNED_SEQUENCES)),
        AFTER_THE_ROWS(
                "schema-after-data.sql",
                "Positions of sequences, constraints, indexes, views, triggers, row-level security and comments.",
                List.of(POSITIONS, CONSTRAINTS, INDEXES, VIEWS, TRIGGERS, ROW_SECURITY, POLICIES, COMMENTS));

        private final String file;
        private final String says;
        private final List<String> queries;

        Part(String file, String says, List<String> queries) {
            this.file = file;
            this.says = says;
            this.queries = queries;
        }

        String file() {
            return file;
        }
    }

    /// @return how many statements
    static long write(Connection database, Part part, OutputStream out) throws SQLException, IOException {
        line(out, "-- " + part.says);
        line(
                out,
                "-- Made from the catalogues. Not covered: owners and grants, aggregates, operators, rules, text search,");
        line(out, "-- publications, foreign tables, large objects, and settings of storage and statistics.");
        line(out, "set check_function_bodies = off;");
        line(out, "set search_path = pg_catalog;");
        long statements = 0;
        for (var query : part.queries)
            try (var select = database.createStatement();
                    var rows = select.executeQuery(query)) {
                for (; rows.next(); statements++) line(out, rows.getString(1));
            }
        return statements;
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
