package io.autostack.reference;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A few connections to one tenant's database; those nobody needs are closed after a while.
final class Pool implements AutoCloseable {

    private static final int MAX = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private record Spare(Connection connection, long since) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    /// What is done with a connection while it is borrowed.
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final String url;
    private final ControlPlane.Credentials credentials;
    private final Semaphore free = new Semaphore(MAX);
    private final Deque<Spare> spare = new ConcurrentLinkedDeque<>();
    private final long openedAt = System.nanoTime();
    private volatile boolean closed;

    Pool(String url, ControlPlane.Credentials credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    <T> T borrow(Work<T> work) throws SQLException {
        take();
        try {
            var connection = connection();
            try {
                var result = work.with(connection);
                giveBack(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                // After a failure nobody knows what state it is in.
                closeQuietly(connection);
                throw e;
            }
        } finally {
            free.release();
        }
    }

    void closeIdle() {
        spare.removeIf(one -> {
            if (one.age().compareTo(IDLE) < 0) return false;
            closeQuietly(one.connection());
            return true;
        });
    }

    /// Since its credentials were asked for.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    boolean unused() {
        return spare.isEmpty() && free.availablePermits() == MAX;
    }

    @Override
    public void close() {
        closed = true;
        for (var one = spare.poll(); one != null; one = spare.poll()) closeQuietly(one.connection());
    }

    private void take() throws SQLException {
        try {
            if (free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("no connection became free within " + PATIENCE.toSeconds() + " s");
    }

    private Connection connection() throws SQLException {
        for (var one = spare.pollFirst(); one != null; one = spare.pollFirst()) {
            if (one.connection().isValid(2)) return one.connection();
            closeQuietly(one.connection());
        }
        var properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.password());
        properties.setProperty("ApplicationName", "reference-app");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(url, properties);
    }

    private void giveBack(Connection connection) {
        spare.addFirst(new Spare(connection, System.nanoTime()));
        // Closed while this one was out: nobody else will look after it.
        if (closed) close();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            // which is why it is closed
        }
    }
}
