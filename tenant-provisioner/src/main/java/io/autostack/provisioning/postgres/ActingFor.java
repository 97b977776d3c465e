package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Lets the platform act for tenants' roles within one transaction. Who makes a role may let itself in, but is
/// not in: what is begun and ended in the same transaction was never there for anybody else, and a crash ends
/// it.
final class ActingFor {

    private static final String NO_SUCH_ROLE = "42704";

    private final Connection transaction;
    private final List<String> roles = new ArrayList<>();

    ActingFor(Connection transaction) {
        this.transaction = transaction;
    }

    void begin(String role) throws SQLException {
        execute(transaction, "grant " + quoted(role) + " to current_user with inherit true, set true");
        roles.add(role);
    }

    /// A login that lasts as long as a session may go at any moment, and leaves nothing to be done for it.
    /// PostgreSQL grants a role that was dropped while the grant waited for it; one that is there afterwards
    /// stays until the end of the transaction.
    void beginUnlessGone(String role) throws SQLException {
        var before = transaction.setSavepoint();
        try {
            begin(role);
            if (Sql.of(transaction, "select from pg_roles where rolname = ?", role)
                    .exists()) return;
            roles.removeLast();
        } catch (SQLException e) {
            if (!NO_SUCH_ROLE.equals(e.getSQLState())) throw e;
        }
        transaction.rollback(before);
    }

    void end() throws SQLException {
        for (var role : roles.reversed())
            execute(transaction, "revoke " + quoted(role) + " from current_user granted by current_user");
        roles.clear();
    }
}
