package io.autostack.shared;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Statements that stay, whatever becomes of the work around them.
@ApplicationScoped
public class OwnTransaction {

    private final DataSource database;

    @Inject
    OwnTransaction(DataSource database) {
        this.database = database;
    }

    /// What is done in it.
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Commits before it returns.
    ///
    /// @param what what is asked for, as an outage is told: "sessions"
    public <T> T call(String what, Work<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (var connection = database.getConnection()) {
                return work.on(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(what + " cannot be reached", e);
            }
        });
    }
}
