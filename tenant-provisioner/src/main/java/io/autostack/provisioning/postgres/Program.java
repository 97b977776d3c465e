package io.autostack.provisioning.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program that is run on data of tenants: told no more than it must know, heard no longer than a sentence,
/// given no more memory than it needs, ended when it takes too long.
///
/// @param path of the file to run
public record Program(String path) {

    private static final Set<String> PASSED_ON = Set.of("PATH", "LANG", "LD_LIBRARY_PATH");
    private static final int ENOUGH_OF_AN_ERROR = 300;
    private static final int LOOK_MILLIS = 500;

    /// A tenant decides how much there is to be held. The shell becomes the program.
    private static final String WITHIN_A_GIGABYTE = "ulimit -v 1048576; exec \"$0\" \"$@\"";

    /// What it ended with, and the beginning of what it said, in one line.
    public record Answer(int code, String said) {}

    /// Looked at again and again while it runs.
    public interface Obstacle {
        /// Why it has to end; empty while it may go on.
        Optional<String> find() throws IOException;
    }

    /// Ended when it takes longer than `max`, or when an obstacle is found.
    public Answer run(Duration max, Map<String, String> environment, Obstacle obstacle, List<String> arguments)
            throws IOException {
        return run(max, environment, obstacle, arguments, null);
    }

    /// @param output takes what it writes, apart from what it says; it is ended when that refuses to take more
    public Answer write(Duration max, Map<String, String> environment, OutputStream output, List<String> arguments)
            throws IOException {
        return run(max, environment, Optional::empty, arguments, output);
    }

    private Answer run(
            Duration max,
            Map<String, String> environment,
            Obstacle obstacle,
            List<String> arguments,
            @Nullable OutputStream output)
            throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", WITHIN_A_GIGABYTE, path));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(output == null);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var said = new CompletableFuture<String>();
            var written = new CompletableFuture<Long>();
            if (output == null) {
                Thread.ofVirtual().start(() -> hear(process.getInputStream(), said));
                written.complete(0L);
            } else {
                Thread.ofVirtual().start(() -> hear(process.getErrorStream(), said));
                Thread.ofVirtual().start(() -> pass(process, output, written));
            }
            await(process, max, obstacle);
            written.join();
            return new Answer(process.exitValue(), said.join());
        } catch (CompletionException e) {
            throw new IOException("what " + path + " said or wrote could not be taken", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void await(Process process, Duration max, Obstacle obstacle) throws IOException {
        try {
            for (long waited = 0; !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); waited += LOOK_MILLIS) {
                if (waited >= max.toMillis())
                    throw new IllegalStateException(path + " did not end within " + max.toSeconds() + " seconds");
                var found = obstacle.find();
                if (found.isPresent()) throw new IllegalStateException(path + " was ended: " + found.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while " + path + " was at work", e);
        }
    }

    private static void pass(Process process, OutputStream output, CompletableFuture<Long> written) {
        try (var from = process.getInputStream()) {
            written.complete(from.transferTo(output));
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
            process.destroyForcibly();
        }
    }

    /// All of it is read, so that the program does not wait; only its beginning is kept. Names of tenants'
    /// objects are in there, in whatever encoding.
    private static void hear(InputStream from, CompletableFuture<String> said) {
        try (from) {
            var text = new String(from.readNBytes(4 * ENOUGH_OF_AN_ERROR), StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                    .strip();
            from.transferTo(OutputStream.nullOutputStream());
            said.complete(text.substring(0, Math.min(text.length(), ENOUGH_OF_AN_ERROR)));
        } catch (IOException | RuntimeException e) {
            said.completeExceptionally(e);
        }
    }
}
