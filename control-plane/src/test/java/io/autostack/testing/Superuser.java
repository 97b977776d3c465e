package io.autostack.testing;

import io.autostack.local.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Questions to a server as its superuser, for whom nothing is hidden. Tests ask many times a second, and a session
/// costs more than a question: those of the server's own databases are kept. One that waits in a tenant's database
/// would
/// be in the way of whoever drops it.
public final class Superuser {

    private static final Set<String> KEPT = Set.of("postgres", "autostack");
    private static final int SECONDS_TO_ANSWER = 10;

    private final PostgresServer server;
    private final Map<String, Deque<Connection>> idle = new ConcurrentHashMap<>();

    public Superuser(PostgresServer server) {
        this.server = server;
    }

    /// The first column of all rows.
    public List<String> texts(String database, String query, String... parameters) throws SQLException {
        var connection = session(database);
        try (var select = connection.prepareStatement(query)) {
            var found = texts(select, parameters);
            release(database, connection);
            return found;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static List<String> texts(PreparedStatement select, String... parameters) throws SQLException {
        for (int at = 0; at < parameters.length; at++) select.setString(at + 1, parameters[at]);
        var found = new ArrayList<String>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) found.add(String.valueOf(rows.getString(1)));
        }
        return found;
    }

    private Connection session(String database) throws SQLException {
        for (var kept = idleIn(database).poll();
                kept != null;
                kept = idleIn(database).poll()) {
            if (kept.isValid(SECONDS_TO_ANSWER)) return kept;
            kept.close();
        }
        return server.connectAsSuperuser(database);
    }

    private void release(String database, Connection connection) throws SQLException {
        if (KEPT.contains(database)) idleIn(database).push(connection);
        else connection.close();
    }

    private Deque<Connection> idleIn(String database) {
        return idle.computeIfAbsent(database, name -> new ConcurrentLinkedDeque<>());
    }
}
