package io.autostack.shared;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Supplier;

/// Binds database work to a scope: every connection is told whose rows it sees before it is handed out.
///
/// A request has one scope, set once its caller is known; `inTenant` and `inPlatform` open another one around a piece
/// of work, in a transaction of its own when none runs.
@ApplicationScoped
public class Scopes {

    private static final ScopedValue<Scope> BOUND = ScopedValue.newInstance();

    private final RequestScope request;
    private final Provider<AgroalDataSource> database;

    @Inject
    Scopes(RequestScope request, Provider<AgroalDataSource> database) {
        this.request = request;
        this.database = database;
    }

    /// Sets the scope for the rest of this request.
    public void enter(Scope scope) {
        request.set(scope);
        tellOpenTransaction(scope);
    }

    public <T> T inTenant(UUID tenant, Supplier<T> work) {
        return in(new Scope.OfTenant(tenant), work);
    }

    public <T> T inPlatform(Supplier<T> work) {
        return in(Scope.PLATFORM, work);
    }

    /// Runs the work in a scope. Inside a running transaction the transaction's connection changes scope for that long.
    public <T> T in(Scope scope, Supplier<T> work) {
        var before = current();
        if (scope.equals(before) && QuarkusTransaction.isActive()) return work.get();
        return ScopedValue.where(BOUND, scope).call(() -> {
            if (!QuarkusTransaction.isActive())
                return QuarkusTransaction.requiringNew().call(work::get);
            tellOpenTransaction(scope);
            try {
                return work.get();
            } finally {
                tellOpenTransaction(before);
            }
        });
    }

    Scope current() {
        if (BOUND.isBound()) return BOUND.get();
        var context = Arc.container() == null ? null : Arc.container().requestContext();
        return context != null && context.isActive() ? request.get() : Scope.NONE;
    }

    private void tellOpenTransaction(Scope scope) {
        if (!QuarkusTransaction.isActive() || QuarkusTransaction.isRollbackOnly()) return;
        try (var connection = database.get().getConnection()) {
            tell(connection, scope);
        } catch (SQLException outage) {
            throw new IllegalStateException("the database did not take the scope", outage);
        }
    }

    private static void tell(Connection connection, Scope scope) throws SQLException {
        try (var set = connection.prepareStatement(
                "select set_config('autostack.tenant', ?, false), set_config('autostack.scope', ?, false)")) {
            set.setString(1, scope instanceof Scope.OfTenant(var tenant) ? tenant.toString() : "");
            set.setString(2, scope instanceof Scope.Platform ? "platform" : "");
            set.execute();
        }
    }

    /// The scope of the running request.
    @RequestScoped
    static class RequestScope {

        private Scope scope = Scope.NONE;

        Scope get() {
            return scope;
        }

        void set(Scope scope) {
            this.scope = scope;
        }
    }

    /// Tells the database on the way out of the pool, always, so that nothing of the holder before is left.
    @ApplicationScoped
    static class OnConnection implements AgroalPoolInterceptor {

        private final Scopes scopes;

        @Inject
        OnConnection(Scopes scopes) {
            this.scopes = scopes;
        }

        @Override
        public void onConnectionAcquire(Connection connection) {
            try {
                tell(connection, scopes.current());
            } catch (SQLException outage) {
                throw new IllegalStateException("the database did not take the scope", outage);
            }
        }
    }
}
