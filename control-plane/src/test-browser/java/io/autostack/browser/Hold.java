package io.autostack.browser;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;

/// Keeps everybody from writing to a table, so that work stops in its middle for as long as a story needs.
final class Hold implements AutoCloseable {

    private final Connection connection;
    private final String table;

    private Hold(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    static Hold on(Product product, String table) throws SQLException {
        var connection = product.database();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in share mode");
        }
        return new Hold(connection, table);
    }

    void untilSomebodyWaits() {
        Awaitility.await("somebody wants to write to " + table)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(this::somebodyWaits);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private boolean somebodyWaits() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select 1 from pg_locks where not granted and relation = '" + table + "'::regclass")) {
            return rows.next();
        }
    }
}
