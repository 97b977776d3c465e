package io.autostack.local;

import java.time.Duration;
import java.util.List;

/// Everything that is kept alive, each part by a thread of its own: one that takes long to come back delays
/// no other.
final class Supervision implements AutoCloseable {

    private final List<Thread> threads;

    private Supervision(List<Thread> threads) {
        this.threads = threads;
    }

    static Supervision of(List<? extends Runnable> work) {
        return new Supervision(work.stream().map(Thread.ofVirtual()::start).toList());
    }

    void untilInterrupted() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(Long.MAX_VALUE));
    }

    /// When it returns, nothing is started any more.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (var thread : threads) interrupted |= !joined(thread);
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static boolean joined(Thread thread) {
        boolean undisturbed = true;
        while (true) {
            try {
                thread.join();
                return undisturbed;
            } catch (InterruptedException e) {
                undisturbed = false;
            }
        }
    }
}
