package io.autostack.shared;

import io.autostack.jdbc.Answers;
import io.autostack.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The words in which a connection is told whose rows it sees.
final class Tell {

    private static final String SESSION =
            "select set_config('autostack.tenant', ?, false), set_config('autostack.scope', ?, false)";
    private static final String TRANSACTION =
            "select set_config('autostack.tenant', ?, true), set_config('autostack.scope', ?, true)";
    private static final String TOLD =
            "select current_setting('autostack.tenant', true), current_setting('autostack.scope', true)";
    private static final String ABORTED = "25P02";

    private Tell() {}

    /// Until it is told otherwise.
    static void session(Connection connection, Scope scope) throws SQLException {
        tell(connection, SESSION, scope);
    }

    /// The database itself takes it back when the transaction ends, whichever way.
    static void untilTransactionEnds(Connection connection, Scope scope) throws SQLException {
        tell(connection, TRANSACTION, scope);
    }

    /// Queries between two tellings, sent as one message. Without a transaction around it the message is one.
    static Answers asking(Connection connection, Scope scope, Scope before, List<Query<?>> queries)
            throws SQLException {
        var message = new ArrayList<Query<?>>(queries);
        message.addFirst(telling(scope));
        var still = Query.find(
                TOLD,
                row -> tenant(scope).equals(row.getString(1)) && word(scope).equals(row.getString(2)));
        message.addLast(still);
        message.addLast(telling(before));
        var answers = Query.run(connection, message);
        // A message that fell apart into transactions forgot the scope after the first.
        if (!answers.to(still).orElse(false)) throw new IllegalStateException("not all was asked in " + scope);
        return answers;
    }

    private static Query<Boolean> telling(Scope scope) {
        return Query.of(TRANSACTION, results -> results.next().next(), tenant(scope), word(scope));
    }

    /// Whether the transaction answers nothing any more, in whatever scope.
    static boolean isAborted(SQLException refused) {
        return ABORTED.equals(refused.getSQLState());
    }

    private static void tell(Connection connection, String words, Scope scope) throws SQLException {
        try (var set = connection.prepareStatement(words)) {
            set.setString(1, tenant(scope));
            set.setString(2, word(scope));
            set.execute();
        }
    }

    private static String tenant(Scope scope) {
        return scope instanceof Scope.OfTenant(var tenant) ? tenant.toString() : "";
    }

    private static String word(Scope scope) {
        return scope instanceof Scope.Platform ? "platform" : "";
    }
}
