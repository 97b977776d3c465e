package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

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
             where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
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
            select format('%I.%I', schemaname, sequencename) as name from pg_sequences order by 1
            """;

    private Rows() {}

    private record Table(String columns, String structure) {}

    /// @return why it cannot be done, in words for a person; empty when it is done
    static Optional<String> carry(Connection from, Connection to) throws SQLException {
        var kept = Fingerprint.of(from);
        var begun = Fingerprint.of(to);
        for (var side : List.of(from, to)) execute(side, "set statement_timeout = 0; set search_path = pg_catalog");
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
        if (!kept.fingerprint().equals(begun.fingerprint()))
            return Optional.of("an index, view, function, trigger, policy or type is not as the tenant schema has it");
        if (TenantTemplate.exists(from, "select from pg_largeobject_metadata"))
            return Optional.of("it holds large objects");
        var order = inOrder(tables.keySet().stream().toList(), from);
        if (order.isEmpty()) return Optional.of("its tables refer to each other in a circle");
        to.setAutoCommit(false);
        try {
            execute(to, "truncate " + String.join(", ", tables.keySet()));
            for (var name : order.get()) copy(from, to, name, there);
            sequences(from, to);
            to.commit();
            return Optional.empty();
        } finally {
            to.rollback();
            to.setAutoCommit(true);
        }
    }

    private static TreeMap<String, Table> tables(Connection database) throws SQLException {
        var tables = new TreeMap<String, Table>();
        try (var select = database.createStatement();
                var rows = select.executeQuery(TABLES)) {
            while (rows.next())
                tables.put(rows.getString("name"), new Table(rows.getString("columns"), rows.getString("structure")));
        }
        return tables;
    }

    private record Reference(String later, String earlier) {}

    private static Optional<List<String>> inOrder(List<String> tables, Connection database) throws SQLException {
        var references = new ArrayList<Reference>();
        try (var select = database.createStatement();
                var rows = select.executeQuery(REFERENCES)) {
            while (rows.next()) references.add(new Reference(rows.getString("later"), rows.getString("earlier")));
        }
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

    private static void sequences(Connection from, Connection to) throws SQLException {
        var names = new ArrayList<String>();
        try (var select = from.createStatement();
                var rows = select.executeQuery(SEQUENCES)) {
            while (rows.next()) names.add(rows.getString(1));
        }
        for (var name : names)
            try (var select = from.createStatement();
                    var at = select.executeQuery("select last_value, is_called from " + name);
                    var set = to.prepareStatement("select setval(?::regclass, ?, ?)")) {
                at.next();
                set.setString(1, name);
                set.setLong(2, at.getLong(1));
                set.setBoolean(3, at.getBoolean(2));
                set.execute();
            }
    }
}
