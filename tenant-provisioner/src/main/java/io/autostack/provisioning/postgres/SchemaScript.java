package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.postgres.DependencyOrder.Made;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A database's structure as SQL, made from its catalogues, each object after those that it depends on. Each
/// query answers finished statements, so that one of any size passes through; `search_path` must be
/// `pg_catalog`, so that every name is written in full.
final class SchemaScript {

    /// Of statements that are held in memory.
    private static final int A_FEW = 20;

    /// Of relations `c` in schemas `n`: the tenant's own, neither the server's nor those of extensions, and not
    /// the history of the baseline's migrations.
    static final String OF_THE_TENANT = """
            n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'autostack') and c.relpersistence <> 't'
               and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                  and d.deptype = 'e')
            """;

    /// Statements that compute what materialized views show, those first that others are computed from.
    static final String COMPUTED = """
            with recursive dependent (oid, depth) as (
                select c.oid, 0 from pg_catalog.pg_class c where c.relkind = 'm'
                 union
                select r.ev_class, p.depth + 1
                  from dependent p
                  join pg_catalog.pg_depend d
                    on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = p.oid
                   and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.deptype = 'n'
                  join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> p.oid)
            select format('refresh materialized view %I.%I;', n.nspname, c.relname)
              from (select oid, max(depth) as depth from dependent group by oid) deepest
              join pg_catalog.pg_class c using (oid) join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'm' and c.relispopulated order by deepest.depth, n.nspname, c.relname
            """;

    private static final String RELATION =
            " pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace ";

    private static final String INHERITED = """
            select case when c.relispartition
                   then format('alter table only %%s attach partition %%I.%%I %%s;', i.inhparent::regclass, n.nspname,
                               c.relname, pg_get_expr(c.relpartbound, c.oid))
                   else format('alter table only %%I.%%I inherit %%s;', n.nspname, c.relname, i.inhparent::regclass) end
              from %s join pg_inherits i on i.inhrelid = c.oid where c.relkind in ('r', 'p') and %s
             order by i.inhrelid::regclass::text, i.inhseqno
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String OWNED_SEQUENCES = """
            select format('alter sequence %%I.%%I owned by %%s.%%I;', n.nspname, c.relname, d.refobjid::regclass,
                          a.attname)
              from %s join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a'
              join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
             where c.relkind = 'S' and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String POSITIONS = """
            select format('select pg_catalog.setval(%%L, %%s);', c.oid::regclass, pg_sequence_last_value(s.seqrelid))
              from %s join pg_sequence s on s.seqrelid = c.oid
             where pg_sequence_last_value(s.seqrelid) is not null and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String ROLES_OF_INDEXES = """
            select concat_ws(E'\\n',
                          case when i.indisclustered then
                               format('alter table %%s cluster on %%I;', i.indrelid::regclass, c.relname) end,
                          case when i.indisreplident then
                               format('alter table only %%s replica identity using index %%I;', i.indrelid::regclass, c.relname) end)
              from %s join pg_index i on i.indexrelid = c.oid where (i.indisclustered or i.indisreplident) and %s
             order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String REPLICA_IDENTITIES = """
            select format('alter table only %%I.%%I replica identity %%s;', n.nspname, c.relname,
                          case c.relreplident when 'f' then 'full' else 'nothing' end)
              from %s where c.relreplident in ('f', 'n') and c.relkind in ('r', 'p') and %s
             order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    /// Last, because what comes before has to see every row.
    private static final String ROW_SECURITY = """
            select concat_ws(E'\\n', case when c.relrowsecurity then
                               format('alter table only %%I.%%I enable row level security;', n.nspname, c.relname) end,
                          case when c.relforcerowsecurity then
                               format('alter table only %%I.%%I force row level security;', n.nspname, c.relname) end)
              from %s where (c.relrowsecurity or c.relforcerowsecurity) and %s order by n.nspname, c.relname
            """.formatted(RELATION, OF_THE_TENANT);

    private static final String COMMENTS = """
            select format('comment on %s %s is %L;', case i.type
                          when 'statistics object' then 'statistics' when 'composite type' then 'type'
                          when 'table constraint' then 'constraint' when 'domain constraint' then 'constraint'
                          else case when i.type like '%column' then 'column' else i.type end end,
                          case when i.type = 'domain constraint' then (select format('%I on domain %s', conname,
                               contypid::regtype) from pg_constraint where oid = d.objoid) else i.identity end,
                          d.description)
              from pg_description d cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             where d.objoid >= 16384 and i.type <> 'large object'
               and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid
                                  and e.deptype = 'e')
             order by i.type, i.identity
            """;

    /// What everybody may do is written as far as it differs from what everybody may do with a new object.
    /// Rights of other roles are left out: they are not known elsewhere.
    private static final String GRANTS = """
            select concat(format('revoke all on %s %s from public;', o.kind, o.name),
                          (select string_agg(format(E'\\ngrant %s on %s %s to public%s;', g.privilege_type, o.kind,
                                  o.name, case when g.is_grantable then ' with grant option' end), '' order by g.privilege_type)
                             from aclexplode(o.acl) g where g.grantee = 0))
              from (select case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass::text, c.relacl
                      from pg_class c where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm', 'S')
                       and c.relnamespace is distinct from to_regnamespace('autostack')::oid
                     union all
                    select 'routine', p.oid::regprocedure::text, p.proacl from pg_proc p where p.oid >= 16384
                     union all
                    select 'type', t.oid::regtype::text, t.typacl from pg_type t
                     where t.oid >= 16384 and t.typtype in ('e', 'd', 'r', 'c')
                     union all
                    select 'schema', quote_ident(n.nspname), n.nspacl from pg_namespace n
                     where n.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'autostack') o (kind, name, acl)
             where o.acl is not null order by o.kind, o.name
            """;

    private static final String GRANTS_ON_COLUMNS = """
            select format('grant %s (%I) on table %s to public;', g.privilege_type, a.attname, a.attrelid::regclass)
              from pg_attribute a cross join lateral aclexplode(a.attacl) g
             where a.attrelid >= 16384 and g.grantee = 0 order by 1
            """;

    private static final String DEFAULT_PRIVILEGES = """
            select concat_ws(E'\\n',
                   case when a.defaclnamespace = 0
                        then format('alter default privileges revoke all on %s from public;', o.kind) end,
                   (select string_agg(format('alter default privileges%s grant %s on %s to public;',
                           ' in schema ' || nullif(a.defaclnamespace, 0)::regnamespace, g.privilege_type, o.kind),
                           E'\\n' order by g.privilege_type)
                      from aclexplode(a.defaclacl) g where g.grantee = 0))
              from pg_default_acl a
              join (values ('r', 'tables'), ('S', 'sequences'), ('f', 'routines'), ('T', 'types'), ('n', 'schemas'),
                           ('L', 'large objects')) o (letter, kind) on o.letter = a.defaclobjtype::text
             order by a.defaclnamespace::regnamespace::text, o.kind
            """;

    private SchemaScript() {}

    /// The script falls into two: rows are loaded in between, and then nothing has to be in any order.
    enum Part {
        BEFORE_THE_ROWS(
                "schema.sql",
                "Schemas, extensions, types, functions, tables with their columns and defaults, views. Run it in an"
                        + " empty database, load the files of the folder “data”, then run schema-after-data.sql.",
                List.of(),
                List.of(INHERITED, OWNED_SEQUENCES),
                List.of()),
        AFTER_THE_ROWS(
                "schema-after-data.sql",
                "Positions of sequences, constraints, indexes, triggers, row-level security, comments, and what"
                        + " materialized views show.",
                List.of(POSITIONS),
                List.of(
                        ROLES_OF_INDEXES,
                        REPLICA_IDENTITIES,
                        COMPUTED,
                        COMMENTS,
                        GRANTS,
                        GRANTS_ON_COLUMNS,
                        DEFAULT_PRIVILEGES,
                        ROW_SECURITY),
                List.of(GRANTS, GRANTS_ON_COLUMNS, DEFAULT_PRIVILEGES));

        private final String file;
        private final String says;
        private final List<String> first;
        private final List<String> last;
        private final List<String> rights;

        Part(String file, String says, List<String> first, List<String> last, List<String> rights) {
            this.file = file;
            this.says = says;
            this.first = first;
            this.last = last;
            this.rights = rights;
        }

        String file() {
            return file;
        }

        private List<Made> of(DependencyOrder.Order order) {
            return this == BEFORE_THE_ROWS ? order.before() : order.after();
        }
    }

    /// @param also is told every statement
    /// @return how many statements
    static long write(Connection database, Part part, OutputStream out, Consumer<String> also)
            throws SQLException, IOException {
        line(out, "-- " + part.says);
        line(out, "-- Made from the catalogues. What an import does not bring back is listed in manifest.json.");
        var to = new Lines(out, also);
        to.add("set client_encoding = 'UTF8';");
        to.add("set check_function_bodies = off;");
        to.add("set search_path = pg_catalog;");
        long statements = 0;
        for (var query : part.first) statements += all(database, query, to);
        for (var run : runs(part.of(DependencyOrder.of(database)))) statements += run(database, run, to);
        for (var query : part.last) statements += all(database, query, to);
        return statements;
    }

    /// Where statements go.
    private record Lines(OutputStream out, Consumer<String> also) {

        void add(String statement) throws IOException {
            line(out, statement);
            also.accept(statement);
        }
    }

    /// Neighbours of one kind are asked about together.
    private static List<List<Made>> runs(List<Made> order) {
        var runs = new ArrayList<List<Made>>();
        for (var made : order) {
            if (runs.isEmpty() || runs.getLast().getFirst().kind() != made.kind()) runs.add(new ArrayList<>());
            runs.getLast().add(made);
        }
        return runs;
    }

    private static long run(Connection database, List<Made> run, Lines to) throws SQLException, IOException {
        return lines(
                Sql.of(
                        database,
                        run.getFirst().kind().statements(),
                        database.createArrayOf(
                                "oid", run.stream().map(Made::oid).toArray())),
                to);
    }

    private static long all(Connection database, String query, Lines to) throws SQLException, IOException {
        return lines(Sql.of(database, query), to);
    }

    private static long lines(Sql statements, Lines to) throws SQLException, IOException {
        var lines = new AtomicLong();
        statements.fetching(A_FEW).<IOException>each(row -> {
            to.add(row.getString(1));
            lines.incrementAndGet();
        });
        return lines.get();
    }

    /// What another program wrote about the structure, with what it does not say.
    ///
    /// @param script for `psql`
    /// @param also is told every statement
    /// @return how many statements
    static long write(Connection database, Part part, Reader script, OutputStream out, Consumer<String> also)
            throws SQLException, IOException {
        line(out, "-- " + part.says);
        line(out, "-- Written by pg_dump. What an import does not bring back is listed in manifest.json.");
        var to = new Lines(out, also);
        long own = 0;
        for (var query : part.first) own += all(database, query, to);
        var statements = new AtomicLong();
        SqlScript.read(script, statement -> {
            to.add(statement);
            statements.incrementAndGet();
        });
        for (var query : part.rights) own += all(database, query, to);
        return own + statements.get();
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
