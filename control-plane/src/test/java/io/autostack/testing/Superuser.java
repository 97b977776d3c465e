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

/// Questions to a server as its superuser, for whom nothing is hidden. Tests ask many times a second,
/// and a session costs more than a question: those of the server's own databases are kept. One that
/// waits in a tenant's database would be in the way of whoever drops it.
public final class Superuser {

    private static final Set<String> KEPT = Set.of("postgres", "autostack");

    private final PostgresServer server;
    private final Map<String, Deque<Connection>> idle = new ConcurrentHashMap<>();

    public Superuser(PostgresServer server) {
        this.server = server;
    }

    /// The first column of all rows. A kept session may have ended meanwhile, with its server: then another one asks.
    public List<String> texts(String database, String query, String... parameters) throws SQLException {
        for (var kept = idleIn(database).poll();
                kept != null;
                kept = idleIn(database).poll()) {
            try {
                return ask(database, kept, query, parameters);
            } catch (SQLException e) {
                if (!isOver(e)) throw e;
            }
        }
        return ask(database, session(database), query, parameters);
    }

    /// Making a plan for a question takes ten times as long as answering it: a kept session plans once.
    private Connection session(String database) throws SQLException {
        var session = server.connectAsSuperuser(database);
        if (KEPT.contains(database)) TenantDatabase.execute(session, "set plan_cache_mode = force_generic_plan");
        return session;
    }

    private List<String> ask(String database, Connection session, String query, String... parameters)
            throws SQLException {
        try (var select = session.prepareStatement(query)) {
            var found = texts(select, parameters);
            if (KEPT.contains(database)) idleIn(database).push(session);
            else session.close();
            return found;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /// Whether the session ended, and not only the question.
    private static boolean isOver(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static List<String> texts(PreparedStatement select, String... parameters) throws SQLException {
        for (int at = 0; at < parameters.length; at++) select.setString(at + 1, parameters[at]);
        var found = new ArrayList<String>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) found.add(String.valueOf(rows.getString(1)));
        }
        return found;
    }

    private Deque<Connection> idleIn(String database) {
        return idle.computeIfAbsent(database, name -> new ConcurrentLinkedDeque<>());
    }
}
