package io.autostack.faults;

import io.autostack.faults.Faults.Call;
import io.autostack.testing.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Ends the session of whoever changes something: a lock lets it come as far as the change, and there it is cut off.
final class Cut {

    private Cut() {}

    static @Nullable Object inTheMiddleOf(Call call) throws Throwable {
        var over = new AtomicBoolean();
        try (var inTheWay = Server.asSuperuser("autostack")) {
            inTheWay.setAutoCommit(false);
            try (var lock = inTheWay.createStatement()) {
                lock.execute("lock table pg_catalog.pg_database, provisioning.secret, provisioning.route"
                        + " in share row exclusive mode");
            }
            var cutter = Thread.startVirtualThread(() -> cut(pid(inTheWay), over));
            try {
                return call.really();
            } finally {
                over.set(true);
                cutter.join();
                inTheWay.rollback();
            }
        }
    }

    private static void cut(int inTheWay, AtomicBoolean over) {
        try (var server = Server.asSuperuser("postgres");
                var cut = server.prepareStatement(
                        "select pg_terminate_backend(pid) from pg_stat_activity where ? = any (pg_blocking_pids(pid))")) {
            cut.setInt(1, inTheWay);
            while (!over.get()) {
                cut.execute();
                LockSupport.parkNanos(5_000_000);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int pid(Connection connection) {
        try (var select = connection.createStatement();
                var row = select.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
