package io.autostack.provisioning;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What each replica looks after by itself, each in a thread of its own.
final class LocalLooks {

    private static final Logger LOG = Logger.getLogger(LocalLooks.class);

    private final List<Periodic> looks;
    private final ScheduledExecutorService threads;

    LocalLooks(List<Periodic> looks) {
        this.looks = looks;
        this.threads = Executors.newScheduledThreadPool(
                looks.size(), Thread.ofVirtual().name("look-", 0).factory());
    }

    void start() {
        for (var look : looks)
            threads.scheduleWithFixedDelay(() -> look(look), 0, look.pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        threads.shutdownNow();
    }

    private static void look(Periodic look) {
        try {
            look.look();
        } catch (RuntimeException | Error trouble) {
            LOG.errorf(Bounded.trouble(trouble), "the look %s failed; it is tried again when it is due", look.name());
        }
    }
}
