package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Says which process answers for a folder; the operating system gives it back when that process dies, however it
/// dies.
public final class OwnerLock implements AutoCloseable {

    /// Closing any channel of a file gives up every lock this process has on it, so a second one must not even be
    /// opened.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Path file;
    private final FileChannel channel;

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Empty when another process, or another part of this one, holds the lock.
    public static Optional<OwnerLock> tryTake(Path file) {
        if (!HELD_HERE.add(file)) return Optional.empty();
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) return Optional.of(new OwnerLock(file, channel));
            channel.close();
            HELD_HERE.remove(file);
            return Optional.empty();
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until whoever holds the lock gives it back.
    ///
    /// @param what is done under it, for whoever waited in vain
    /// @param patience how long to wait at most
    public static OwnerLock take(Path file, String what, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        for (var lock = tryTake(file); ; lock = tryTake(file)) {
            if (lock.isPresent()) return lock.get();
            if (Thread.currentThread().isInterrupted()) throw new StartFailed("interrupted while waiting to " + what);
            if (System.nanoTime() - until >= 0)
                throw new StartFailed("another process has held " + file + " for " + patience.toSeconds()
                        + " s, so nobody else could " + what);
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
