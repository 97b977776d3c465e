package io.autostack.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What each replica looks after by itself, each in a thread of its own.
final class ReplicaTasks {

    private static final Logger LOG = Logger.getLogger(ReplicaTasks.class);
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final List<PeriodicTask> tasks;
    private final ScheduledExecutorService threads;

    ReplicaTasks(List<PeriodicTask> tasks) {
        this.tasks = tasks;
        this.threads = Executors.newScheduledThreadPool(
                tasks.size(), Thread.ofVirtual().name("replica-task-", 0).factory());
    }

    void start() {
        for (var task : tasks)
            threads.scheduleWithFixedDelay(() -> run(task), 0, task.pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What is under way is interrupted, and has ended before anybody takes away what it works with, if it ends soon.
    void stop() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS))
                LOG.warnf(
                        "what this replica looks after is still under way %d seconds after it was to stop",
                        TO_END.toSeconds());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(PeriodicTask task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            if (threads.isShutdown())
                LOG.debugf(e, "the periodic task %s was cut short: this replica stops", task.name());
            else
                LOG.errorf(
                        Bounded.trouble(e),
                        "the periodic task %s failed; it is tried again when it is due",
                        task.name());
        }
    }
}
