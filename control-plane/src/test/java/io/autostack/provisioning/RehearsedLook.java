package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Looks that do what a test says.
final class RehearsedLook {

    private RehearsedLook() {}

    /// Looks at nothing, at once.
    @ApplicationScoped
    static class Quick implements Periodic {

        private final AtomicInteger looks = new AtomicInteger();

        int looks() {
            return looks.get();
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
        public void look() {
            looks.incrementAndGet();
        }
    }

    /// Hangs if it is told to, until it may go on.
    @ApplicationScoped
    static class Slow implements Periodic {

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
        public void look() {
            var until = go;
            try {
                hanging.set(until.getCount() > 0);
                until.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } finally {
                hanging.set(false);
            }
        }
    }
}
