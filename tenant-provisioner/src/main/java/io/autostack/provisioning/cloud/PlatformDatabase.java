package io.autostack.provisioning.cloud;

import io.autostack.jdbc.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A driver's own rows in the control plane's database, read and written as the platform, for every tenant.
@ApplicationScoped
public class PlatformDatabase {

    private final DataSource database;

    @Inject
    PlatformDatabase(DataSource database) {
        this.database = database;
    }

    /// Work on a connection.
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// In a transaction of its own.
    public <T> T alone(Work<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (var connection = database.getConnection()) {
                Sql.execute(connection, "select set_config('autostack.scope', 'platform', true)");
                return work.on(connection);
            } catch (SQLException e) {
                throw new IllegalStateException("the driver's tables cannot be reached", e);
            }
        });
    }
}
