package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Looks that do what a test says.
final class RehearsedPeriodicTask {

    private RehearsedPeriodicTask() {}

    /// Looks at nothing, at once.
    @ApplicationScoped
    static class Quick implements PeriodicTask {

        private final AtomicInteger runs = new AtomicInteger();

        int runs() {
            return runs.get();
        }

        @Override
        public String name() {
            return "rehearsed-quick-look";
        }

        @Override
        public Duration pause() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void run() {
            runs.incrementAndGet();
        }
    }

    /// Hangs if it is told to, until it may go on.
    @ApplicationScoped
    static class Slow implements PeriodicTask {

        private final AtomicBoolean hanging = new AtomicBoolean();
        private volatile CountDownLatch go = new CountDownLatch(0);

        void hang() {
            go = new CountDownLatch(1);
        }

        boolean hangs() {
            return hanging.get();
        }

        void goOn() {
            go.countDown();
        }

        @Override
        public String name() {
            return "rehearsed-slow-look";
        }

        @Override
        public Duration pause() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void run() {
            var until = go;
            try {
                hanging.set(until.getCount() > 0);
                until.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                hanging.set(false);
            }
        }
    }
}
