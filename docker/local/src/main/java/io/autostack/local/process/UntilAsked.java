package io.autostack.local.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Work that goes on until the process is asked to end (Ctrl-C, SIGTERM), and is then given the time to end in order.
public final class UntilAsked {

    private static final int MAX_MINUTES = 3;

    private UntilAsked() {}

    /// Runs on the calling thread, which is interrupted when the end is asked for. Failing for that reason is no
    /// failure.
    public static void run(Runnable work) {
        var worker = Thread.currentThread();
        var done = new CountDownLatch(1);
        var asked = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.set(true);
            if (done.getCount() == 0) return;
            worker.interrupt();
            await(done);
        }));
        try {
            work.run();
        } catch (StartFailed e) {
            if (!asked.get()) throw e;
        } finally {
            done.countDown();
        }
    }

    private static void await(CountDownLatch done) {
        try {
            if (!done.await(MAX_MINUTES, TimeUnit.MINUTES))
                System.err.println("autostack: no clean end within " + MAX_MINUTES + " minutes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
