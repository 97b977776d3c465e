package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Parts that start side by side. Each says when it is done and how long it took, and whoever waits hears
/// now and then what for.
final class Stages implements AutoCloseable {

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Consumer<String> say;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Long> pending = new LinkedHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Stages(Consumer<String> say) {
        this.say = say;
    }

    /// @param done what is said of it when it is done, such as `ready`
    <T> Future<T> begin(String part, String done, Supplier<T> work) {
        long begun = System.nanoTime();
        synchronized (pending) {
            pending.put(part, begun);
        }
        return threads.submit(() -> {
            try {
                var result = work.get();
                say.accept("  %-18s %s after %s s".formatted(part, done, seconds(System.nanoTime() - begun)));
                return result;
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                throw e;
            } finally {
                synchronized (pending) {
                    pending.remove(part);
                }
            }
        });
    }

    /// Waits for it. What it or any other part failed with is thrown at once: all of them are needed.
    <T> T result(Future<T> part) {
        long told = System.nanoTime();
        try {
            while (true) {
                var failed = failure.get();
                if (failed != null) throw failed;
                try {
                    return part.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    if (System.nanoTime() - told < TELL_EVERY.toNanos()) continue;
                    told = System.nanoTime();
                    say.accept("  still at it: " + pending());
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted while the platform started", e);
        }
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    /// Gives up what is not done yet, and waits until it has.
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        threads.shutdownNow();
        threads.close();
        if (interrupted) Thread.currentThread().interrupt();
    }

    private String pending() {
        long now = System.nanoTime();
        synchronized (pending) {
            return pending.entrySet().stream()
                    .map(part -> part.getKey() + " (" + (now - part.getValue()) / 1_000_000_000 + " s)")
                    .collect(Collectors.joining(", "));
        }
    }
}
