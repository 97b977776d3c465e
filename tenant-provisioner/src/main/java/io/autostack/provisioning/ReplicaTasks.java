package io.autostack.provisioning;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What each replica looks after by itself, each in a thread of its own.
final class ReplicaTasks {

    private static final Logger LOG = Logger.getLogger(ReplicaTasks.class);

    private final List<PeriodicTask> tasks;
    private final ScheduledExecutorService threads;

    ReplicaTasks(List<PeriodicTask> looks) {
        this.tasks = looks;
        this.threads = Executors.newScheduledThreadPool(
                looks.size(), Thread.ofVirtual().name("look-", 0).factory());
    }

    void start() {
        for (var run : tasks)
            threads.scheduleWithFixedDelay(() -> run(run), 0, run.pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        threads.shutdownNow();
    }

    private static void run(PeriodicTask run) {
        try {
            run.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(Bounded.trouble(e), "the look %s failed; it is tried again when it is due", run.name());
        }
    }
}
