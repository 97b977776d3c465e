package io.autostack.provisioning.cloud.local;

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

/// A program that is run on data of tenants: told no more than it must know, heard no longer than a sentence, ended
/// when it takes too long.
///
/// @param path of the file to run
record Program(String path) {

    private static final Set<String> PASSED_ON = Set.of("PATH", "LANG", "LD_LIBRARY_PATH");
    private static final int ENOUGH_OF_AN_ERROR = 300;
    private static final int LOOK_MILLIS = 500;

    /// What it ended with, and the beginning of what it said, in one line.
    record Answer(int code, String said) {}

    /// Looked at again and again while it runs.
    interface Obstacle {
        /// Why it has to end; empty while it may go on.
        Optional<String> find() throws IOException;
    }

    Answer run(Duration most, Map<String, String> environment, Obstacle obstacle, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(path));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var said = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> hear(process.getInputStream(), said));
            await(process, most, obstacle);
            return new Answer(process.exitValue(), said.join());
        } catch (CompletionException unheard) {
            throw new IOException("what " + path + " said could not be read", unheard);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void await(Process process, Duration most, Obstacle obstacle) throws IOException {
        try {
            for (long waited = 0; !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); waited += LOOK_MILLIS) {
                if (waited >= most.toMillis())
                    throw new IllegalStateException(path + " did not end within " + most.toSeconds() + " seconds");
                var found = obstacle.find();
                if (found.isPresent()) throw new IllegalStateException(path + " was ended: " + found.get());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while " + path + " was at work", stopping);
        }
    }

    /// All of it is read, so that the program does not wait; only its beginning is kept. Names of tenants' objects are
    /// in there, in whatever encoding.
    private static void hear(InputStream from, CompletableFuture<String> said) {
        try (from) {
            var text = new String(from.readNBytes(4 * ENOUGH_OF_AN_ERROR), StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                    .strip();
            from.transferTo(OutputStream.nullOutputStream());
            said.complete(text.substring(0, Math.min(text.length(), ENOUGH_OF_AN_ERROR)));
        } catch (IOException | RuntimeException broken) {
            said.completeExceptionally(broken);
        }
    }
}
