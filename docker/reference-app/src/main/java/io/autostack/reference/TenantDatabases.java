package io.autostack.reference;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The databases of the tenants who are here right now, each with a few connections; who stays away loses
/// them.
final class TenantDatabases implements AutoCloseable {

    private static final int MAX = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(10);

    /// Shorter than the platform lets new and previous credentials work side by side: a rotation finds no old
    /// connection that it has to cut off.
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

    /// What is done with a connection while it is borrowed.
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private record Pool(HikariDataSource connections, long usedAt) {

        boolean unused() {
            return System.nanoTime() - usedAt > RENEWED_AFTER.toNanos()
                    && connections.getHikariPoolMXBean().getActiveConnections() == 0;
        }
    }

    /// Asked for each new connection: the password of a minute ago may be an old one. While nobody can be
    /// asked, it will do.
    private final class Latest implements HikariCredentialsProvider {

        private final Tenant.Database database;
        private volatile Credentials known;

        Latest(Tenant.Database database, Credentials known) {
            this.database = database;
            this.known = known;
        }

        @Override
        public Credentials getCredentials() {
            try {
                known = ask(database);
            } catch (ControlPlane.Unavailable _) {
                // then those of the last time
            }
            return known;
        }
    }

    private final ControlPlane controlPlane;
    private final ConcurrentHashMap<Tenant.Database, Pool> pools = new ConcurrentHashMap<>();
    private final ScheduledExecutorService housekeeping = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("connections-", 0).factory());

    TenantDatabases(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        var unused = housekeeping.scheduleWithFixedDelay(this::closeUnused, 5, 5, TimeUnit.SECONDS);
    }

    <T> T in(Tenant.Database database, Work<T> work) throws SQLException {
        try (var connection = pool(database).connections().getConnection()) {
            return work.with(connection);
        }
    }

    @Override
    public void close() {
        pools.values().forEach(pool -> pool.connections().close());
        housekeeping.shutdownNow();
    }

    private Pool pool(Tenant.Database database) {
        return pools.compute(
                database,
                (address, pool) -> new Pool(pool == null ? open(address) : pool.connections(), System.nanoTime()));
    }

    private HikariDataSource open(Tenant.Database database) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(MAX);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setMaxLifetime(RENEWED_AFTER.toMillis());
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(PATIENCE.toMillis());
        // A database that is away is a matter of the request, which says so to the visitor.
        config.setInitializationFailTimeout(-1);
        config.setScheduledExecutor(housekeeping);
        config.setThreadFactory(Thread.ofVirtual().factory());
        config.addDataSourceProperty("ApplicationName", "reference-app");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("loginTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "10");
        // Asked for here first, where it is the request that fails when nobody answers.
        config.setCredentialsProvider(new Latest(database, ask(database)));
        return new HikariDataSource(config);
    }

    private Credentials ask(Tenant.Database database) {
        var credentials = controlPlane.getCredentials(database.secret());
        return Credentials.of(credentials.user(), credentials.password());
    }

    private void closeUnused() {
        for (var database : pools.keySet())
            pools.computeIfPresent(database, (address, pool) -> {
                if (!pool.unused()) return pool;
                pool.connections().close();
                return null;
            });
    }
}
