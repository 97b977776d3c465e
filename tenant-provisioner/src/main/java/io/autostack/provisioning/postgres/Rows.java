package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;

/// Carries what the tables and sequences of a database hold to another server, into a database of the same structure,
/// and refuses where something would be lost. One transaction there: the copy is complete or it is not there.
final class Rows {

    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname) as name,
                   string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                       filter (where a.attgenerated = '') as columns,
                   string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                       order by a.attname) as structure
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'autostack')
               and n.nspname not like 'pg\\_temp\\_%'
             group by n.nspname, c.relname
             order by 1
            """;

    /// What refers to a table comes after it.
    private static final String REFERENCES = """
            select conrelid::regclass::text as later, confrelid::regclass::text as earlier
              from pg_constraint where contype = 'f' and conrelid <> confrelid
            """;

    private static final String SEQUENCES = """
            select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname <> 'autostack' order by 1
            """;

    private static final int FEW = 3;
    private static final String BREAKS_A_CONSTRAINT = "23";

    private static final String POLICIES = """
            select format('alter table only %%I.%%I %s force row level security', n.nspname, c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relforcerowsecurity
            """;

    /// From the owner, who has to see every row and write every row, until the transaction ends.
    private static final String LIFT_POLICIES = POLICIES.formatted("no");

    private static final String FORCE_POLICIES = POLICIES.formatted("");

    private static final String TRIGGERS = """
            select format('alter table %%I.%%I %%s trigger %%I', n.nspname, c.relname, %s, t.tgname)
              from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'
            """;

    /// Rows have been through the tenant's triggers once.
    private static final String DISABLE_TRIGGERS = TRIGGERS.formatted("'disable'");

    private static final String ENABLE_TRIGGERS = TRIGGERS.formatted(
            "case t.tgenabled when 'A' then 'enable always' when 'R' then 'enable replica' else 'enable' end");

    private Rows() {}

    private record Table(String columns, String structure) {}

    /// @return why it cannot be done, in words for a person; empty when it is done
    static Optional<String> carry(Connection from, Connection to) throws SQLException {
        var kept = Fingerprint.of(from);
        var begun = Fingerprint.of(to);
        for (var side : List.of(from, to)) execute(side, Contents.SETTINGS);
        if (!kept.version().equals(begun.version()))
            return Optional.of("its schema is at version " + kept.version() + ", and new databases begin at version "
                    + begun.version());
        var tables = tables(from);
        var there = tables(to);
        for (var table : tables.entrySet()) {
            var same = there.get(table.getKey());
            if (same == null || !same.structure().equals(table.getValue().structure()))
                return Optional.of("the table " + table.getKey() + " is not part of the tenant schema of this version");
        }
        for (var name : there.keySet())
            if (!tables.containsKey(name)) return Optional.of("the table " + name + " is missing in the database");
        var others = Structure.of(from).differencesTo(Structure.of(to));
        if (!others.isEmpty())
            return Optional.of("an index, view, function, trigger, policy or type is not as the tenant schema has it: "
                    + String.join("; ", others.subList(0, Math.min(others.size(), FEW))));
        if (Sql.of(from, "select from pg_largeobject_metadata").exists()) return Optional.of("it holds large objects");
        var order = inOrder(tables.keySet().stream().toList(), from);
        if (order.isEmpty()) return Optional.of("its tables refer to each other in a circle");
        from.setAutoCommit(false);
        to.setAutoCommit(false);
        try {
            execute(from, "set transaction read write");
            for (var statement : Sql.of(from, LIFT_POLICIES).texts()) execute(from, statement);
            var afterwards = new ArrayList<>(Sql.of(to, FORCE_POLICIES).texts());
            afterwards.addAll(Sql.of(to, ENABLE_TRIGGERS).texts());
            for (var statement : Sql.of(to, LIFT_POLICIES).texts()) execute(to, statement);
            for (var statement : Sql.of(to, DISABLE_TRIGGERS).texts()) execute(to, statement);
            execute(to, "truncate " + String.join(", ", tables.keySet()));
            for (var name : order.get()) copy(from, to, name, there);
            sequences(from, to);
            for (var statement : afterwards) execute(to, statement);
            for (var statement : Sql.of(from, SchemaScript.COMPUTED).texts()) execute(to, statement);
            to.commit();
            return Optional.empty();
        } catch (PSQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(BREAKS_A_CONSTRAINT)) throw e;
            return Optional.of("not all of its rows keep to its constraints: " + Refusal.words(e));
        } finally {
            from.rollback();
            from.setAutoCommit(true);
            to.rollback();
            to.setAutoCommit(true);
        }
    }

    private static TreeMap<String, Table> tables(Connection database) throws SQLException {
        var tables = new TreeMap<String, Table>();
        Sql.of(database, TABLES)
                .each(row -> tables.put(
                        row.getString("name"), new Table(row.getString("columns"), row.getString("structure"))));
        return tables;
    }

    private record Reference(String later, String earlier) {}

    private static Optional<List<String>> inOrder(List<String> tables, Connection database) throws SQLException {
        var references = Sql.of(database, REFERENCES)
                .list(row -> new Reference(row.getString("later"), row.getString("earlier")));
        var order = new LinkedHashSet<String>();
        while (order.size() < tables.size()) {
            var next = tables.stream()
                    .filter(table -> !order.contains(table))
                    .filter(table -> references.stream()
                            .filter(reference -> reference.later().equals(table))
                            .allMatch(reference -> order.contains(reference.earlier())))
                    .toList();
            if (next.isEmpty()) return Optional.empty();
            order.addAll(next);
        }
        return Optional.of(List.copyOf(order));
    }

    private static void copy(Connection from, Connection to, String table, Map<String, Table> tables)
            throws SQLException {
        var columns = Optional.ofNullable(tables.get(table)).map(Table::columns).orElseThrow();
        var what = " (" + columns + ") ";
        CopyOut out = from.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + columns + " from only " + table + ") to stdout (format binary)");
        CopyIn in = to.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + what + "from stdin (format binary)");
        try {
            for (var bytes = out.readFromCopy(); bytes != null; bytes = out.readFromCopy())
                in.writeToCopy(bytes, 0, bytes.length);
            in.endCopy();
        } finally {
            if (in.isActive()) in.cancelCopy();
            if (out.isActive()) out.cancelCopy();
        }
    }

    private record Position(long last, boolean called) {}

    private static void sequences(Connection from, Connection to) throws SQLException {
        for (var name : Sql.of(from, SEQUENCES).texts()) {
            var at = Sql.of(from, "select last_value, is_called from " + name)
                    .one(row -> new Position(row.getLong(1), row.getBoolean(2)));
            execute(to, "select setval(?::regclass, ?, ?)", name, at.last(), at.called());
        }
    }
}
