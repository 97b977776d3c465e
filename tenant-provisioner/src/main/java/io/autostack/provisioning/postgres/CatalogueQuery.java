package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks a database about every object of every kind that somebody made in it. What kinds there are, and which
/// of their columns lead to others, is read from PostgreSQL's own catalogue, so that a kind nobody thought of
/// is not left out. Nothing of the tenant runs: only the catalogues are read.
final class CatalogueQuery {

    /// Objects of these have no oid of their own: they are parts of others, and are called as those are.
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("pg_attribute", "pg_class attrelid attnum"),
            Map.entry("pg_index", "pg_class indexrelid"),
            Map.entry("pg_sequence", "pg_class seqrelid"),
            Map.entry("pg_foreign_table", "pg_class ftrelid"),
            Map.entry("pg_partitioned_table", "pg_class partrelid"),
            Map.entry("pg_inherits", "pg_class inhrelid"),
            Map.entry("pg_range", "pg_type rngtypid"),
            Map.entry("pg_aggregate", "pg_proc aggfnoid"),
            Map.entry("pg_ts_config_map", "pg_ts_config mapcfg"));

    /// Numbers that only this database knows, what follows from other columns, and what the server counts for
    /// itself.
    private static final Set<String> LEFT_OUT = Set.of(
            "attnum attlen attbyval attalign attcacheoff atthasdef atthasmissing attmissingval attinhcount attislocal",
            "relfilenode reltablespace relpages reltuples relallvisible relallfrozen reltoastrelid relhasindex",
            "relnatts relchecks relhasrules relhastriggers relhassubclass relfrozenxid relminmxid relrewrite reltype",
            "relispopulated relpartbound indexrelid indrelid indkey indclass indcollation indoption indexprs indpred",
            "indnatts indnkeyatts indcheckxmin conkey confkey conpfeqop conppeqop conffeqop conexclop conindid",
            "conparentid coninhcount conislocal conbin connoinherit confdelsetcols partdefid partattrs partclass partcollation",
            "partnatts partexprs stxkeys tgattr tgparentid tgconstraint tgconstrindid tgnargs tgargs tgqual",
            "collversion typarray typrelid typdefaultbin seqrelid ftrelid partrelid inhrelid inhseqno rngtypid aggfnoid mapcfg",
            "enumsortorder adnum ev_qual ev_action adbin polqual polwithcheck polroles prqual prattrs extconfig",
            "subconninfo umoptions pronargs proargdefaults prosqlbody prosrc probin");

    /// What a row means where its columns do not say it.
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("pg_attrdef", "pg_get_expr(x.adbin, x.adrelid)"),
            Map.entry("pg_constraint", "pg_get_constraintdef(x.oid)"),
            Map.entry("pg_rewrite", "pg_get_ruledef(x.oid)"),
            Map.entry("pg_trigger", "pg_get_triggerdef(x.oid)"),
            Map.entry("pg_statistic_ext", "pg_get_statisticsobjdef(x.oid)"),
            Map.entry("pg_partitioned_table", "pg_get_partkeydef(x.partrelid)"),
            Map.entry("pg_index", "pg_get_indexdef(x.indexrelid)"),
            Map.entry(
                    "pg_proc",
                    "case when x.prokind in ('f', 'p', 'w') then pg_get_functiondef(x.oid)"
                            + " else pg_get_function_arguments(x.oid) end"),
            Map.entry(
                    "pg_class",
                    "case when x.relkind in ('v', 'm') then pg_get_viewdef(x.oid)"
                            + " when x.relispartition then pg_get_expr(x.relpartbound, x.oid) end"),
            Map.entry(
                    "pg_type",
                    "case when x.typtype = 'e' then (select string_agg(quote_literal(e.enumlabel), ','"
                            + " order by e.enumsortorder) from pg_enum e where e.enumtypid = x.oid) end"),
            Map.entry(
                    "pg_policy",
                    "concat_ws(' ', pg_get_expr(x.polqual, x.polrelid),"
                            + " 'check', pg_get_expr(x.polwithcheck, x.polrelid),"
                            + " 'to', (select string_agg(named.role, ',' order by named.role collate \"C\")"
                            + " from (select case when r.role = 0 then 'public' when r.role = t.relowner then 'owner'"
                            + " else quote_ident(pg_get_userbyid(r.role)) end from unnest(x.polroles) r (role),"
                            + " pg_class t where t.oid = x.polrelid) named (role)))"),
            Map.entry(
                    "pg_publication_rel",
                    "concat_ws(' ', pg_get_expr(x.prqual, x.prrelid), (select string_agg(quote_ident(a.attname), ','"
                            + " order by a.attname) from pg_attribute a where a.attrelid = x.prrelid"
                            + " and a.attnum = any (x.prattrs)))"));

    /// Rows that another object brings with it.
    private static final Map<String, String> NOT_OBJECTS = Map.of(
            "pg_class", "x.relkind <> 't'",
            "pg_attribute",
                    "x.attnum > 0 and not x.attisdropped and exists (select from pg_class r where r.oid = x.attrelid"
                            + " and (r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')"
                            + " or r.relkind in ('i', 'I') and x.attstattarget is not null))",
            "pg_type",
                    "not exists (select from pg_type e where e.typarray = x.oid)"
                            + " and not exists (select from pg_class r where r.oid = x.typrelid and r.relkind <> 'c')",
            "pg_rewrite", "x.rulename <> '_RETURN'",
            "pg_trigger", "not x.tgisinternal");

    /// Covered by other lines, or of the whole server.
    private static final Set<String> NOT_ASKED =
            Set.of("pg_enum", "pg_largeobject_metadata", "pg_default_acl", "pg_user_mapping", "pg_subscription");

    /// Members of extensions come with those; the history of migrations is the platform's; what is temporary
    /// ends.
    static final String SKIPPED = """
            with recursive skipped (classid, objid, whole) as (
                select d.classid, d.objid, false from pg_depend d where d.deptype = 'e'
                 union
                select 'pg_class'::regclass::oid, c.oid, true
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relpersistence = 't' or n.nspname ~ '^pg_toast'
                    or n.nspname = 'autostack'
                 union
                select d.classid, d.objid, s.whole
                  from skipped s join pg_depend d on d.refclassid = s.classid and d.refobjid = s.objid
                 where d.deptype = 'i'
                    or s.whole and d.deptype in ('a', 'P', 'S')
                   and d.classid in ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_type'::regclass,
                                     'pg_attrdef'::regclass))
            """;

    /// Kinds whose rows nobody but a superuser may read, or whose names have a role in them that differs from
    /// database to database.
    private static final String BY_HAND = """
            select 'default privileges', concat_ws(' ', n.nspname, a.defaclobjtype),
                   %s
              from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
             union all
            select 'user mapping', concat_ws(' ', m.srvname, case when m.umuser = 0 then 'public' end),
                   'with options that hold a password'
              from pg_user_mappings m
             union all
            select 'comment', i.type || ' ' || i.identity, d.description
              from pg_description d cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             where (d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass and d.objoid = 2200)
               and (d.classoid, d.objoid) not in (select classid, objid from skipped)
               and (d.classoid <> 'pg_namespace'::regclass
                    or d.objoid is distinct from to_regnamespace('autostack')::oid)
             union all
            select 'security label', i.type || ' ' || i.identity, l.provider || ' ' || l.label
              from pg_seclabel l cross join lateral pg_identify_object(l.classoid, l.objoid, l.objsubid) i
             union all
            select 'sequence owned by', i.identity, o.identity
              from pg_depend d
              join pg_class s on s.oid = d.objid and s.relkind = 'S'
             cross join lateral pg_identify_object(d.classid, d.objid, 0) i
             cross join lateral pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) o
             where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
               and (d.classid, d.objid) not in (select classid, objid from skipped)
            """;

    /// The owner is called that: its name is another one in every copy.
    private static final String GRANTS = """
            (select coalesce(string_agg(granted.words, ',' order by granted.words collate "C"), 'nobody')
               from (select concat_ws(' ', case when g.grantee = 0 then 'public' when g.grantee = %2$s then 'owner'
                                                else quote_ident(pg_get_userbyid(g.grantee)) end,
                                      g.privilege_type, g.is_grantable) from aclexplode(%1$s) g) granted (words))""";

    private static final Map<Integer, Map<String, Asked>> BY_SERVER_VERSION = new ConcurrentHashMap<>();

    private CatalogueQuery() {}

    /// Of one catalogue.
    ///
    /// @param exists whether anybody made a row of it, as a condition
    /// @param selects for its objects, and for the rights to them
    private record Asked(String exists, List<String> selects) {}

    /// A query for `kind`, `name` and `definition` of everything in the database. The names are unique within a
    /// kind but for parts that have none of their own.
    ///
    /// Catalogues in which nobody made a row are left out: the server plans for each what it need not answer.
    static String of(Connection database) throws SQLException {
        var catalogues = catalogues(database);
        var selects = new ArrayList<String>();
        for (var catalogue : withRows(database, catalogues))
            selects.addAll(Objects.requireNonNull(catalogues.get(catalogue)).selects());
        selects.add(BY_HAND.formatted(GRANTS.formatted("a.defaclacl", "a.defaclrole")));
        return SKIPPED + "select kind, name, definition from (" + String.join(" union all ", selects)
                + ") made (kind, name, definition)";
    }

    private static Map<String, Asked> catalogues(Connection database) throws SQLException {
        var version = serverVersion(database);
        var known = BY_SERVER_VERSION.get(version);
        if (known != null) return known;
        var catalogues = new LinkedHashMap<String, Asked>();
        columns(database).forEach((catalogue, columns) -> {
            if (NOT_ASKED.contains(catalogue)) return;
            object(catalogue, columns).ifPresent(object -> {
                var selects = new ArrayList<String>();
                selects.add(rows(catalogue, columns, object));
                grants(catalogue, columns, object).ifPresent(selects::add);
                catalogues.put(catalogue, new Asked(object.exists(), selects));
            });
        });
        BY_SERVER_VERSION.put(version, catalogues);
        return catalogues;
    }

    private static List<String> withRows(Connection database, Map<String, Asked> catalogues) throws SQLException {
        var questions = new ArrayList<String>();
        catalogues.forEach((catalogue, asked) -> questions.add("select '" + catalogue + "' where " + asked.exists()));
        return Sql.of(database, String.join(" union all ", questions)).list(row -> row.getString(1));
    }

    private static int serverVersion(Connection database) throws SQLException {
        return Sql.of(database, "select pg_catalog.current_setting('server_version_num')::int4")
                .one(row -> row.getInt(1));
    }

    /// @param leadsTo the catalogue whose oids are in the column
    record Column(
            String name,
            String type,
            boolean array,
            @Nullable String leadsTo) {}

    private static Map<String, List<Column>> columns(Connection database) throws SQLException {
        var columns = new LinkedHashMap<String, List<Column>>();
        Sql.of(database, """
                        select c.relname, a.attname, format_type(a.atttypid, null) as type,
                               coalesce(k.is_array, false) as is_array, k.pktable::text as leads_to
                          from pg_catalog.pg_class c
                          join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                          left join pg_catalog.pg_get_catalog_foreign_keys() k
                            on k.fktable = c.oid and k.fkcols = array[a.attname::text]
                         where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and not c.relisshared
                         order by c.relname, a.attnum
                        """)
                .each(row -> columns.computeIfAbsent(row.getString("relname"), catalogue -> new ArrayList<>())
                        .add(new Column(
                                row.getString("attname"),
                                row.getString("type"),
                                row.getBoolean("is_array"),
                                row.getString("leads_to"))));
        return columns;
    }

    private static String rows(String catalogue, List<Column> columns, MadeRows object) {
        var leftOut = String.join(" ", LEFT_OUT).split(" ");
        var values = new ArrayList<String>();
        for (var column : columns)
            if (!Set.of(leftOut).contains(column.name())) value(column).ifPresent(values::add);
        return "select " + kind(catalogue) + ", " + name(catalogue) + ", concat_ws(' ', "
                + MEANINGS.getOrDefault(catalogue, "null") + ", " + String.join(", ", values) + ") from "
                + object.named() + (NOT_OBJECTS.containsKey(catalogue) ? " and " + NOT_OBJECTS.get(catalogue) : "");
    }

    private static Optional<String> grants(String catalogue, List<Column> columns, MadeRows object) {
        var acl = columns.stream()
                .filter(column -> "aclitem[]".equals(column.type()))
                .findFirst();
        if (acl.isEmpty() || "pg_init_privs".equals(catalogue)) return Optional.empty();
        var owner = "pg_attribute".equals(catalogue)
                ? "(select r.relowner from pg_class r where r.oid = x.attrelid)"
                : "x."
                        + columns.stream()
                                .filter(column -> "pg_authid".equals(column.leadsTo()))
                                .findFirst()
                                .orElseThrow()
                                .name();
        // Who may do what in the schema public is how the platform sets databases up.
        var notPublic = "pg_namespace".equals(catalogue) ? " and x.oid <> 2200" : "";
        return Optional.of("select 'grants on ' || i.type, i.identity, "
                + GRANTS.formatted("x." + acl.get().name(), owner) + " from " + object.named() + " and x."
                + acl.get().name() + " is not null" + notPublic);
    }

    /// The rows of a catalogue that somebody made.
    ///
    /// @param rows without their names, which is quickly answered
    /// @param named each with its name as `i`
    private record MadeRows(String rows, String named) {

        String exists() {
            return "exists (select from " + rows + ")";
        }
    }

    /// Empty when the catalogue has no objects.
    private static Optional<MadeRows> object(String catalogue, List<Column> columns) {
        var part = PARTS.get(catalogue);
        if (part == null && columns.stream().noneMatch(column -> "oid".equals(column.name()))) return Optional.empty();
        var words = (part == null ? catalogue + " oid" : part).split(" ");
        var oid = "x." + words[1];
        var made = "pg_namespace".equals(catalogue) ? "(x.oid >= 16384 or x.oid = 2200)" : oid + " >= 16384";
        return Optional.of(new MadeRows(
                "pg_catalog." + catalogue + " x where " + made,
                "pg_catalog." + catalogue + " x cross join lateral pg_identify_object('pg_catalog."
                        + words[0] + "'::regclass, " + oid + ", " + (words.length > 2 ? "x." + words[2] : "0")
                        + ") i where " + made
                        + " and coalesce(i.schema, '') not in ('pg_temp', 'pg_toast')"
                        + " and coalesce(i.identity, '') <> 'autostack'"
                        + " and not (" + ("pg_namespace".equals(catalogue) ? "x.nspname ~ '^pg_(temp|toast)'" : "false")
                        + ")"
                        + " and ('pg_catalog." + words[0] + "'::regclass::oid, " + oid
                        + "::oid) not in (select classid, objid from skipped)"));
    }

    private static String kind(String catalogue) {
        return switch (catalogue) {
            case "pg_index",
                    "pg_sequence",
                    "pg_foreign_table",
                    "pg_partitioned_table",
                    "pg_inherits",
                    "pg_range",
                    "pg_aggregate",
                    "pg_ts_config_map" -> "i.type || ' (" + catalogue + ")'";
            default -> "i.type";
        };
    }

    private static String name(String catalogue) {
        return "pg_ts_config_map".equals(catalogue)
                ? "i.identity || ' ' || x.maptokentype || ' ' || x.mapseqno"
                : "i.identity";
    }

    private static Optional<String> value(Column column) {
        var value = "x." + column.name();
        if ("oid".equals(column.name())
                || Set.of("pg_node_tree", "aclitem[]").contains(column.type())
                || "pg_authid".equals(column.leadsTo())) return Optional.empty();
        var text = value + "::text";
        if (column.leadsTo() != null)
            text = column.array()
                    ? "(select string_agg(concat(" + named(column.leadsTo(), "o.oid")
                            + "), ',' order by o.at) from unnest(" + value + "::oid[]) with ordinality o (oid, at))"
                    : named(column.leadsTo(), value);
        return Optional.of("'" + column.name() + '=' + "' || " + text);
    }

    /// No query of its own: the server would plan each of some three hundred.
    private static String named(String catalogue, String oid) {
        return "case when " + oid + "::oid <> 0 then (pg_identify_object('pg_catalog." + catalogue + "'::regclass, "
                + oid + ", 0)).identity end";
    }
}
