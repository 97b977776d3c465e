package io.autostack.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The words in which a connection is told whose rows it sees.
final class Tell {

    private static final String SESSION =
            "select set_config('autostack.tenant', ?, false), set_config('autostack.scope', ?, false)";
    private static final String TRANSACTION =
            "select set_config('autostack.tenant', ?, true), set_config('autostack.scope', ?, true)";
    private static final String ABORTED = "25P02";
    private static final int WORDS = 2;

    private Tell() {}

    /// Until it is told otherwise.
    static void session(Connection connection, Scope scope) throws SQLException {
        tell(connection, SESSION, scope);
    }

    /// The database itself takes it back when the transaction ends, whichever way.
    static void untilTransactionEnds(Connection connection, Scope scope) throws SQLException {
        tell(connection, TRANSACTION, scope);
    }

    /// A question between two tellings, sent as one message. Without a transaction around it the message is one.
    static <T> T asking(
            Connection connection,
            Scope scope,
            Scope before,
            String question,
            Scopes.Answer<T> answer,
            Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(TRANSACTION + ";" + question + ";" + TRANSACTION)) {
            set(statement, 1, scope);
            for (int value = 0; value < values.length; value++) statement.setObject(WORDS + 1 + value, values[value]);
            set(statement, WORDS + 1 + values.length, before);
            statement.execute();
            if (!statement.getMoreResults()) throw new IllegalArgumentException("not a question: " + question);
            try (var rows = statement.getResultSet()) {
                return answer.read(rows);
            }
        }
    }

    /// Whether the transaction answers nothing any more, in whatever scope.
    static boolean isAborted(SQLException refused) {
        return ABORTED.equals(refused.getSQLState());
    }

    private static void tell(Connection connection, String words, Scope scope) throws SQLException {
        try (var set = connection.prepareStatement(words)) {
            set(set, 1, scope);
            set.execute();
        }
    }

    private static void set(PreparedStatement statement, int from, Scope scope) throws SQLException {
        statement.setString(from, scope instanceof Scope.OfTenant(var tenant) ? tenant.toString() : "");
        statement.setString(from + 1, scope instanceof Scope.Platform ? "platform" : "");
    }
}
