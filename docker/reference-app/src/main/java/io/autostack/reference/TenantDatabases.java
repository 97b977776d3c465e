package io.autostack.reference;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The databases of the tenants who are here right now.
final class TenantDatabases implements AutoCloseable {

    /// Shorter than the platform lets new and previous credentials work side by side.
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

    private final ControlPlane controlPlane;
    private final ConcurrentHashMap<Tenant.Database, Pool> pools = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("idle-connections").factory());

    TenantDatabases(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        var unused = sweeper.scheduleWithFixedDelay(this::closeIdle, 5, 5, TimeUnit.SECONDS);
    }

    /// A refused password may be an old one: it is asked for again, once.
    <T> T in(Tenant.Database database, Pool.Work<T> work) throws SQLException {
        var pool = pools.compute(database, this::upToDate);
        try {
            return pool.borrow(work);
        } catch (SQLException e) {
            if (!passwordRefused(e)) throw e;
            pools.remove(database, pool);
            pool.close();
            return pools.computeIfAbsent(database, this::open).borrow(work);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        pools.values().forEach(Pool::close);
    }

    /// Credentials are asked for again while the ones at hand still work, so that a rotation ends no connection that is
    /// in use. While nobody can be asked, the old ones will do.
    private Pool upToDate(Tenant.Database database, @Nullable Pool pool) {
        if (pool == null) return open(database);
        if (pool.age().compareTo(RENEWED_AFTER) < 0) return pool;
        try {
            var fresh = open(database);
            pool.close();
            return fresh;
        } catch (ControlPlane.Unavailable away) {
            return pool;
        }
    }

    private Pool open(Tenant.Database database) {
        return new Pool(database.jdbcUrl(), controlPlane.getCredentials(database.secret()));
    }

    private void closeIdle() {
        pools.forEach((database, pool) -> {
            pool.closeIdle();
            if (pool.unused()) pools.remove(database, pool);
        });
    }

    /// invalid_authorization_specification and invalid_password
    private static boolean passwordRefused(SQLException e) {
        return "28000".equals(e.getSQLState()) || "28P01".equals(e.getSQLState());
    }
}
