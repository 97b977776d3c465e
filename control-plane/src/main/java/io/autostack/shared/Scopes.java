package io.autostack.shared;

import io.agroal.api.AgroalDataSource;
import io.autostack.jdbc.Answers;
import io.autostack.jdbc.Query;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// Binds database work to a scope: whoever has not been told whose rows it sees, sees none.
///
/// A request has one scope, set once its caller is known; `inTenant` and `inPlatform` open another one around a piece
/// of work, in a transaction of its own when none runs. A transaction's connection is told when it is first used and
/// when the scope changes; the database takes the scope back when the transaction ends, however it ends.
@ApplicationScoped
public class Scopes {

    private static final ScopedValue<Scope> BOUND = ScopedValue.newInstance();

    private final RequestScope request;
    private final Provider<AgroalDataSource> database;
    private final TransactionSynchronizationRegistry transaction;

    @Inject
    Scopes(RequestScope request, Provider<AgroalDataSource> database, TransactionSynchronizationRegistry transaction) {
        this.request = request;
        this.database = database;
        this.transaction = transaction;
    }

    /// The pool makes its first connections while the rest of the application starts.
    void connect(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent starting) {
        database.get().getConfiguration();
    }

    /// Sets the scope for the rest of this request.
    public void enter(Scope scope) {
        request.set(scope);
        if (QuarkusTransaction.isActive()) tellTransaction();
    }

    public <T> T inTenant(UUID tenant, Supplier<T> work) {
        return in(new Scope.OfTenant(tenant), work);
    }

    public <T> T inPlatform(Supplier<T> work) {
        return in(Scope.PLATFORM, work);
    }

    /// Runs the work in a scope. Inside a running transaction the transaction's connection changes scope for that long.
    public <T> T in(Scope scope, Supplier<T> work) {
        if (!QuarkusTransaction.isActive())
            return ScopedValue.where(BOUND, scope)
                    .call(() -> QuarkusTransaction.requiringNew().call(work::get));
        T result;
        try {
            result = ScopedValue.where(BOUND, scope).call(() -> {
                tellTransaction();
                return work.get();
            });
        } catch (RuntimeException | Error e) {
            try {
                tellTransaction();
            } catch (RuntimeException stuck) {
                e.addSuppressed(stuck);
            }
            throw e;
        }
        tellTransaction();
        return result;
    }

    /// Runs work that reads several times, as a page does, in one transaction: its connection is told the present scope
    /// once.
    public <T> T together(Supplier<T> work) {
        return in(current(), work);
    }

    /// Asks in a scope. Telling the scope, asking and taking the scope back is one round trip to the database, and
    /// outside of a transaction it is a transaction of its own.
    public <T> T ask(Scope scope, Query<T> query) {
        return ask(scope, List.of(query)).to(query);
    }

    /// Asks everything that a page wants to know in the present scope, in one round trip.
    public Answers ask(Query<?>... queries) {
        return ask(current(), List.of(queries));
    }

    private Answers ask(Scope scope, List<Query<?>> queries) {
        // Outside of a transaction the pool need not tell what the question tells anyway.
        var acquired = QuarkusTransaction.isActive() ? current() : Scope.NONE;
        return ScopedValue.where(BOUND, acquired).call(() -> {
            try (var connection = database.get().getConnection()) {
                return Tell.asking(connection, scope, acquired, queries);
            } catch (SQLException e) {
                throw new IllegalStateException("the database did not answer", e);
            }
        });
    }

    Scope current() {
        if (BOUND.isBound()) return BOUND.get();
        var context = Arc.container() == null ? null : Arc.container().requestContext();
        return context != null && context.isActive() ? request.get() : Scope.NONE;
    }

    /// What the connection of the running transaction was told.
    void told(Scope scope) {
        transaction.putResource(Tell.class, scope);
    }

    /// Tells the running transaction the present scope, if it has a connection that was told another one. A connection
    /// that comes later is told when it comes.
    private void tellTransaction() {
        var told = transaction.getResource(Tell.class);
        var scope = current();
        if (told == null || told.equals(scope)) return;
        try (var connection = database.get().getConnection()) {
            Tell.untilTransactionEnds(connection, scope);
            told(scope);
        } catch (SQLException e) {
            // Whoever it is, it must not go on in the scope of somebody else.
            QuarkusTransaction.setRollbackOnly();
            if (!Tell.isAborted(e)) throw new IllegalStateException("the database did not take the scope", e);
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
}
