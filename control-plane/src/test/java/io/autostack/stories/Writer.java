package io.autostack.stories;

import io.autostack.testing.TenantApplication;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody who writes into a tenant's database all the time, and remembers what was acknowledged.
final class Writer implements AutoCloseable {

    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean goesOn = true;

    private Writer(TenantApplication application) {
        thread = Thread.ofVirtual().start(() -> {
            for (int i = 0; goesOn; i++)
                try {
                    application.write("written " + i);
                    acknowledged.add("written " + i);
                } catch (SQLException | RuntimeException _) {
                    // Nobody enqueued anything during the pause.
                }
        });
    }

    static Writer on(TenantApplication application) {
        return new Writer(application);
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    void stop() throws InterruptedException {
        goesOn = false;
        thread.join();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
