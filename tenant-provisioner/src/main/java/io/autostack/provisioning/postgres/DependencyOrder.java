package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/// In which order objects can be made: each after those that it depends on, as the server itself has written it down.
/// Objects that do not need each other come by kind, then by name, so that two scripts of the same structure are the
/// same.
final class DependencyOrder {

    private static final Comparator<Node> BY_KIND_AND_NAME =
            Comparator.<Node, ScriptObject>comparing(node -> node.kind).thenComparing(node -> node.name);

    /// What is made along with another object counts as that one: the row type of a table, the array of a type, the
    /// expression of a generated column, the index of a key, the checks of a domain.
    private static final String PARTS = """
            select classid, objid, refclassid, refobjid from pg_catalog.pg_depend
             where deptype = 'i' and objid >= 16384 and (classid, objid) <> (refclassid, refobjid)
             union all
            select tableoid, oid, 'pg_catalog.pg_type'::regclass, contypid from pg_catalog.pg_constraint
             where contypid <> 0 and oid >= 16384
             union all
            select tableoid, oid, 'pg_catalog.pg_class'::regclass, conrelid from pg_catalog.pg_constraint
             where contype = 'n' and convalidated and conrelid >= 16384
            """;

    private static final String NEEDS = """
            select distinct classid, objid, refclassid, refobjid from pg_catalog.pg_depend
             where deptype in ('n', 'a', 'P', 'S', 'e') and objid >= 16384 and refobjid >= 16384
               and (classid, objid) <> (refclassid, refobjid)
            """;

    private DependencyOrder() {}

    /// An object, wherever the catalogues have it.
    private record Key(long catalogue, long oid) {}

    /// One that is made.
    record Made(ScriptObject kind, long oid) {}

    /// @param before those that are made before rows are loaded
    /// @param after those that are made afterwards, or need one that is
    record Order(List<Made> before, List<Made> after) {}

    private static final class Node {
        private final ScriptObject kind;
        private final long oid;
        private final String name;
        private final Set<Node> needs = new HashSet<>();
        private final Set<Node> neededBy = new HashSet<>();
        private boolean after;

        Node(ScriptObject kind, long oid, String name) {
            this.kind = kind;
            this.oid = oid;
            this.name = name;
            this.after = kind.afterTheRows();
        }

        Made made() {
            return new Made(kind, oid);
        }
    }

    static Order of(Connection database) throws SQLException {
        var nodes = nodes(database);
        connect(database, nodes);
        var sorted = sorted(nodes.values());
        // A function that needs a view that needs a key comes after the rows as well.
        for (var node : sorted) if (node.needs.stream().anyMatch(needed -> needed.after)) node.after = true;
        return new Order(
                sorted.stream().filter(node -> !node.after).map(Node::made).toList(),
                sorted.stream().filter(node -> node.after).map(Node::made).toList());
    }

    private static Map<Key, Node> nodes(Connection database) throws SQLException {
        var query = CatalogueQuery.SKIPPED + "select * from ("
                + Arrays.stream(ScriptObject.values())
                        .map(ScriptObject::there)
                        .collect(Collectors.joining(" union all "))
                + ") there where (class, oid) not in (select classid, objid from skipped)"
                + " and name !~ '^(pg_temp|information_schema)\\M'";
        var nodes = new HashMap<Key, Node>();
        Sql.of(database, query)
                .each(row -> nodes.put(
                        new Key(row.getLong("class"), row.getLong("oid")),
                        new Node(
                                ScriptObject.values()[row.getInt("kind")], row.getLong("oid"), row.getString("name"))));
        return nodes;
    }

    private static void connect(Connection database, Map<Key, Node> nodes) throws SQLException {
        var whole = new HashMap<Key, Key>();
        pairs(database, PARTS, whole::put);
        nodes.keySet().removeIf(key -> whole.containsKey(key));
        pairs(database, NEEDS, (from, to) -> {
            var needing = nodes.get(whole(from, whole));
            var needed = nodes.get(whole(to, whole));
            if (needing == null || needed == null || needing == needed) return;
            needing.needs.add(needed);
            needed.neededBy.add(needing);
        });
    }

    private static Key whole(Key part, Map<Key, Key> wholes) {
        var seen = new HashSet<Key>();
        var key = part;
        for (var next = wholes.get(key); next != null && seen.add(key); next = wholes.get(key)) key = next;
        return key;
    }

    /// Where a circle leaves no way, the first of those that are left is made all the same.
    private static List<Node> sorted(Iterable<Node> nodes) {
        var open = new HashMap<Node, Integer>();
        var left = new PriorityQueue<>(BY_KIND_AND_NAME);
        var free = new PriorityQueue<>(BY_KIND_AND_NAME);
        for (var node : nodes) {
            open.put(node, node.needs.size());
            left.add(node);
            if (node.needs.isEmpty()) free.add(node);
        }
        var sorted = new ArrayList<Node>();
        while (!open.isEmpty()) {
            var next = free.isEmpty() ? left.remove() : free.remove();
            if (open.remove(next) == null) continue;
            sorted.add(next);
            for (var waiting : next.neededBy)
                if (open.computeIfPresent(waiting, (node, needs) -> needs - 1) instanceof Integer needs && needs == 0)
                    free.add(waiting);
        }
        return sorted;
    }

    private interface Pair {
        void of(Key from, Key to);
    }

    private static void pairs(Connection database, String query, Pair each) throws SQLException {
        Sql.of(database, query)
                .each(row -> each.of(new Key(row.getLong(1), row.getLong(2)), new Key(row.getLong(3), row.getLong(4))));
    }
}
