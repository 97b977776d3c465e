package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the tables of a database hold, table for table. Read as the role that owns them and as nobody more powerful:
/// a tenant's own functions may run on the way.
record Contents(SortedMap<String, Table> tables) {

    private static final int FEW = 3;

    /// @param checksum of all rows in whatever order
    record Table(long rows, BigInteger checksum) {}

    static Contents of(Connection owner) throws SQLException {
        execute(owner, "set statement_timeout = 0");
        execute(owner, "set bytea_output = 'hex'; set intervalstyle = 'postgres'; set search_path = pg_catalog");
        var tables = new TreeMap<String, Table>();
        for (var table : names(owner)) tables.put(table, read(owner, table));
        return new Contents(tables);
    }

    long rows() {
        return tables.values().stream().mapToLong(Table::rows).sum();
    }

    /// A few sentences; none when both hold the same.
    List<String> differencesTo(Contents other) {
        var all = new TreeSet<>(tables.keySet());
        all.addAll(other.tables.keySet());
        var differences = new ArrayList<String>();
        for (var name : all) {
            var here = tables.get(name);
            var there = other.tables.get(name);
            if (!Objects.equals(here, there) && differences.size() < FEW)
                differences.add(name + " has "
                        + (here == null ? "gone" : here.rows() + " rows")
                        + " instead of "
                        + (there == null ? "none of it" : there.rows())
                        + (here != null && there != null && here.rows() == there.rows() ? ", with other values" : ""));
        }
        return differences;
    }

    private static List<String> names(Connection owner) throws SQLException {
        try (var select = owner.createStatement();
                var rows = select.executeQuery("""
                        select format('%I.%I', n.nspname, c.relname)
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
                           and n.nspname not like 'pg\\_temp\\_%'
                           and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
                        """)) {
            var names = new ArrayList<String>();
            while (rows.next()) names.add(rows.getString(1));
            return names;
        }
    }

    private static Table read(Connection owner, String table) throws SQLException {
        try (var select = owner.createStatement();
                var row = select.executeQuery(
                        "select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from only " + table
                                + " t")) {
            row.next();
            return new Table(row.getLong(1), row.getBigDecimal(2).toBigInteger());
        }
    }
}
