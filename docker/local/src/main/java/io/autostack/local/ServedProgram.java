package io.autostack.local;

import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A program of ours that answers questions about its health over HTTP.
final class ServedProgram {

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_END = Duration.ofSeconds(30);

    private final Program program;
    private final URI health;
    private volatile @Nullable Running running;

    /// @param path where it says whether it is ready
    ServedProgram(Program program, String path) {
        this.program = program;
        this.health = URI.create(program.address() + path);
    }

    /// Returns when it answers.
    void start() {
        if (alive()) return;
        var fresh = program.start();
        running = fresh;
        long begun = System.nanoTime();
        while (!Http.answers(health)) {
            if (!fresh.alive())
                throw new StartFailed("the " + program.name() + " ended while it started." + endOfLog());
            if (System.nanoTime() - begun > TO_START.toNanos())
                throw new StartFailed("the " + program.name() + " did not become ready within " + TO_START.toMinutes()
                        + " minutes." + endOfLog());
            Pauses.sleep(Duration.ofMillis(50));
        }
    }

    boolean alive() {
        var last = running;
        return last != null && last.alive();
    }

    void stop() {
        var last = running;
        if (last != null) last.stop(TO_END);
    }

    Part part() {
        return new Part(program.name(), program.log(), this::alive, this::start);
    }

    private String endOfLog() {
        return " The end of " + program.log() + ":\n" + program.lastLines(25);
    }
}
