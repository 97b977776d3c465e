package io.autostack.provisioning.cloud.local;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Asks somebody who may never answer: on a few threads that are there for nothing else, each question once at a time
/// whoever asks it, and nobody waits longer than agreed.
final class TimeLimiter implements AutoCloseable {

    private static final int IDLE_SECONDS = 30;

    private final Duration max;
    private final ThreadPoolExecutor threads;
    private final Map<String, CompletableFuture<?>> flights = new ConcurrentHashMap<>();

    /// @param max how long an answer may take
    /// @param atOnce how many questions may be on their way
    TimeLimiter(String name, Duration max, int atOnce) {
        this.max = max;
        this.threads = new ThreadPoolExecutor(
                0,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /// @param question the same words always stand for the same kind of answer
    /// @throws EngineSilent when there is no answer in time
    <T> T ask(String question, Supplier<T> ask) {
        try {
            return begin(question, ask).join();
        } catch (CompletionException e) {
            throw switch (e.getCause()) {
                case TimeoutException late ->
                    new EngineSilent("no answer within " + max.toSeconds() + " seconds", late);
                case RuntimeException refused -> refused;
                case null, default -> e;
            };
        }
    }

    /// For who does not wait. It ends in time, with an answer or with the reason why there is none.
    @SuppressWarnings("unchecked") // the same question has the same kind of answer
    <T> CompletableFuture<T> begin(String question, Supplier<T> ask) {
        var mine = new CompletableFuture<T>();
        var flight = flights.compute(question, (same, other) -> other == null || other.isDone() ? mine : other);
        if (flight != mine) return (CompletableFuture<T>) flight;
        mine.whenComplete((answer, failure) -> flights.remove(question, mine));
        mine.orTimeout(max.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var running = threads.submit(() -> {
                try {
                    mine.complete(ask.get());
                } catch (RuntimeException | Error e) {
                    mine.completeExceptionally(e);
                }
            });
            // Ends a read that has no timeout of its own, as on Unix sockets.
            mine.whenComplete((answer, failure) -> running.cancel(true));
        } catch (RejectedExecutionException e) {
            mine.completeExceptionally(new EngineSilent("too many questions wait for an answer already", e));
        }
        return mine;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
