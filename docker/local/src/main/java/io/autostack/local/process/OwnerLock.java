package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says which process answers for a folder; the operating system gives it back when that process dies, however it
/// dies.
public final class OwnerLock implements AutoCloseable {

    /// Closing any channel of a file gives up every lock this process has on it, so a second one must not even be
    /// opened.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

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
