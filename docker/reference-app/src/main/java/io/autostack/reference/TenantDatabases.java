package io.autostack.reference;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The databases of the tenants who are here right now.
final class TenantDatabases implements AutoCloseable {

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
        var pool = pools.computeIfAbsent(database, this::open);
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
