package io.autostack.pluginhost;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files that never change, each kept under the SHA-256 of its content.
@ApplicationScoped
public class Artefacts {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final int BUFFER = 64 * 1024;

    private final Path folder;

    Artefacts(ArtefactsConfig config) {
        this.folder = config.dir().toAbsolutePath();
    }

    /// What came of keeping a file.
    public sealed interface Kept {
        record Stored(String sha256, long size, Path file) implements Kept {}

        record TooLarge(long max) implements Kept {}
    }

    /// Keeps a copy; keeping the same content again changes nothing. A crash or a full disk leaves the whole file or
    /// none.
    ///
    /// @param max how many bytes it may have
    /// @throws IOException with what to do when there is no room left
    public Kept keep(InputStream content, long max) throws IOException {
        Files.createDirectories(folder);
        var unfinished = Files.createTempFile(folder, "unfinished-", ".tmp");
        try {
            var digest = digest();
            var size = copy(content, unfinished, digest, max);
            if (size > max) return new Kept.TooLarge(max);
            var sha256 = HexFormat.of().formatHex(digest.digest());
            var file = file(sha256);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            sync(file.getParent());
            sync(folder);
            return new Kept.Stored(sha256, size, file);
        } catch (IOException e) {
            if (!isFull()) throw e;
            throw new IOException(
                    "There is no room left in " + folder
                            + ". Make room, or set autostack.artefacts.dir to a folder on a larger disk.",
                    e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// Looked at while the unfinished file still takes its place.
    private boolean isFull() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() < BUFFER;
    }

    public Optional<Path> find(String sha256) {
        return Optional.of(file(sha256)).filter(Files::isRegularFile);
    }

    private static long copy(InputStream content, Path to, MessageDigest digest, long max) throws IOException {
        try (var out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            var buffer = new byte[BUFFER];
            var size = 0L;
            for (int count; size <= max && (count = content.read(buffer)) >= 0; size += count) {
                digest.update(buffer, 0, count);
                for (var bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) out.write(bytes);
            }
            out.force(true);
            return size;
        }
    }

    private Path file(String sha256) {
        if (!SHA256.matcher(sha256).matches()) throw new IllegalArgumentException("not a SHA-256: " + sha256);
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /// A rename lasts through a power cut only once its folder is on disk.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
