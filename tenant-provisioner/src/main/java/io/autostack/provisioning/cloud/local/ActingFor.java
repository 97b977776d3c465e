package io.autostack.provisioning.cloud.local;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Lets the platform act for tenants' roles within one transaction. Who makes a role may let itself in, but is
/// not in: what is begun and ended in the same transaction was never there for anybody else, and a crash ends
/// it.
final class ActingFor {

    private final Connection transaction;
    private final List<String> roles = new ArrayList<>();

    ActingFor(Connection transaction) {
        this.transaction = transaction;
    }

    void begin(String role) throws SQLException {
        execute(transaction, "grant " + quoted(role) + " to current_user with inherit true, set true");
        roles.add(role);
    }

    void end() throws SQLException {
        for (var role : roles.reversed())
            execute(transaction, "revoke " + quoted(role) + " from current_user granted by current_user");
        roles.clear();
    }
}
