package io.autostack.shared;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// Tells connections their scope on the way out of the pool, and sees to it that none has one in the pool.
///
/// The scope of a transaction ends with it. What was told to a connection outside of one is taken back when the
/// connection returns; one that does not take it back is dropped.
@ApplicationScoped
class ScopedConnections implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(ScopedConnections.class);

    private final Scopes scopes;

    /// Those that hold a scope outside of a transaction.
    private final Set<BaseConnection> holding = ConcurrentHashMap.newKeySet();

    @Inject
    ScopedConnections(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            var physical = connection.unwrap(BaseConnection.class);
            if (holding.contains(physical)) takeBack(connection, physical);
            var scope = scopes.current();
            if (!connection.getAutoCommit()) {
                if (!scope.equals(Scope.NONE)) Tell.untilTransactionEnds(connection, scope);
                scopes.told(scope);
            } else if (!scope.equals(Scope.NONE)) {
                holding.add(physical);
                Tell.session(connection, scope);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not take the scope", e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            var physical = connection.unwrap(BaseConnection.class);
            // What is said inside a transaction is taken back with it: somebody else's rollback must not do that.
            if (physical.getTransactionState() != TransactionState.IDLE) drop(connection, physical);
            else if (holding.contains(physical)) takeBackOrDrop(connection, physical);
        } catch (SQLException e) {
            LOG.debugf(e, "a connection came back closed");
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            holding.remove(connection.unwrap(BaseConnection.class));
        } catch (SQLException e) {
            LOG.debugf(e, "a connection was destroyed that is closed already");
        }
    }

    private void takeBackOrDrop(Connection connection, BaseConnection physical) throws SQLException {
        try {
            takeBack(connection, physical);
        } catch (SQLException _) {
            drop(connection, physical);
        }
    }

    private void takeBack(Connection connection, BaseConnection physical) throws SQLException {
        Tell.session(connection, Scope.NONE);
        holding.remove(physical);
    }

    /// Nobody gets it again: the pool removes what it finds dead.
    private static void drop(Connection connection, BaseConnection physical) throws SQLException {
        LOG.warn("a database connection did not end as it began and is dropped");
        physical.abort(Runnable::run);
        connection.createStatement().close();
    }
}
