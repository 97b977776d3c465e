package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A program that runs, remembered in a file by pid and start instant: a pid alone may be somebody else's by now.
///
/// @param name as in `Program`
/// @param address where it answers
/// @param since when it was started
public record Running(String name, ProcessHandle process, Instant since, String address, Path memory) {

    /// The start instant is computed from the boot time, which moves a little when the clock is set.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /// This very process.
    public static Running rememberSelf(Path home, String name, String address) {
        return remember(home, name, address, ProcessHandle.current());
    }

    static Running remember(Program program, ProcessHandle process) {
        return remember(program.home(), program.name(), program.address(), process);
    }

    private static Running remember(Path home, String name, String address, ProcessHandle process) {
        var since = process.info().startInstant().orElse(Instant.EPOCH);
        var running =
                new Running(name, process, since, address, home.resolve("run").resolve(name));
        try {
            Files.createDirectories(running.memory().getParent());
            var fresh = running.memory().resolveSibling(name + ".new");
            Files.writeString(fresh, process.pid() + "\n" + since + "\n" + address + "\n");
            Files.move(fresh, running.memory(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program of that name, if it still runs.
    public static Optional<Running> find(Path home, String name) {
        var memory = home.resolve("run").resolve(name);
        try {
            var lines = Files.readAllLines(memory);
            var since = Instant.parse(lines.get(1));
            return ProcessHandle.of(Long.parseLong(lines.get(0)))
                    .map(process -> new Running(name, process, since, lines.get(2), memory))
                    .filter(Running::alive);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Whether it exists is asked last: of one that ends and is collected while the rest is asked, nothing is left to
    /// read the rest from.
    public boolean alive() {
        return !isZombie() && startedWhenRemembered() && process.isAlive();
    }

    /// Asks it to end, waits, and insists when it does not.
    public void stop(Duration patience) {
        if (alive()) {
            process.destroy();
            if (!waitForEnd(patience)) {
                process.destroyForcibly();
                if (!waitForEnd(Duration.ofSeconds(10)))
                    throw new IllegalStateException(name + " (pid " + pid() + ") does not end");
            }
        }
        forget();
    }

    public void forget() {
        try {
            Files.deleteIfExists(memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// True when it ended in time. Cannot be interrupted: who waits here is cleaning up already.
    public boolean waitForEnd(Duration patience) {
        boolean interrupted = Thread.interrupted();
        var end = System.nanoTime() + patience.toNanos();
        try {
            while (alive()) {
                if (System.nanoTime() > end) return false;
                LockSupport.parkNanos(20_000_000);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private boolean startedWhenRemembered() {
        var now = process.info().startInstant().orElse(since);
        return Duration.between(since, now).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    /// Where nobody collects the dead, a process that ended keeps its pid.
    private boolean isZombie() {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }
}
