package io.autostack.local;

import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A program that is started again when it dies, with longer and longer pauses when it keeps dying.
final class Kept {

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_END = Duration.ofSeconds(30);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final Duration HEALTHY_AFTER = Duration.ofMinutes(1);

    private final Program program;
    private final URI health;
    private final Consumer<String> progress;
    private @Nullable Running running;
    private Duration pause = Duration.ofSeconds(1);
    private long startedAt;
    private long tryAgainAt = -1;

    Kept(Program program, URI health, Consumer<String> progress) {
        this.program = program;
        this.health = health;
        this.progress = progress;
    }

    /// Returns when it answers. One that dies on its first start is a mistake to report, not to repeat.
    void start() {
        var now = launch();
        long told = System.nanoTime();
        while (!Http.answers(health)) {
            if (!now.alive()) throw new StartFailed(program.name() + " ended while it started." + endOfLog());
            long waited = System.nanoTime() - startedAt;
            if (waited > TO_START.toNanos())
                throw new StartFailed(program.name() + " did not become ready within " + TO_START.toMinutes()
                        + " minutes." + endOfLog());
            if (System.nanoTime() - told > Duration.ofSeconds(10).toNanos()) {
                progress.accept(
                        "  still waiting for the " + program.name() + " (" + waited / 1_000_000_000 + " s) ...");
                told = System.nanoTime();
            }
            sleep(Duration.ofMillis(100));
        }
    }

    /// Looks whether it lives; called again and again.
    void watch() {
        var last = running;
        if (last == null || last.alive()) return;
        long now = System.nanoTime();
        if (tryAgainAt < 0) {
            if (now - startedAt > HEALTHY_AFTER.toNanos()) pause = Duration.ofSeconds(1);
            tryAgainAt = now + pause.toNanos();
            progress.accept(
                    "The " + program.name() + " (pid " + last.pid() + ") ended unexpectedly; it is started again in "
                            + pause.toSeconds() + " s. Its log: " + program.log());
            return;
        }
        if (now < tryAgainAt) return;
        tryAgainAt = -1;
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
        progress.accept("The " + program.name() + " was started again (pid " + launch().pid() + ")");
    }

    void stop() {
        if (running != null) running.stop(TO_END);
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted", e);
        }
    }

    private Running launch() {
        startedAt = System.nanoTime();
        var fresh = program.start();
        running = fresh;
        return fresh;
    }

    private String endOfLog() {
        return " The end of " + program.log() + ":\n" + program.lastLines(25);
    }
}
