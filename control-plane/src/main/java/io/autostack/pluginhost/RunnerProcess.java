package io.autostack.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs one command with nothing in its environment, and stops it when it takes too long or says too much.
final class RunnerProcess {

    static final int MAX_ANSWER = 1 << 20;
    private static final int MAX_LOG = 64 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// How a shell says that a program was ended by SIGXCPU.
    private static final int PROCESSOR_TIME_IS_UP = 128 + 24;

    private final Process process;
    private final ProcessTree tree;
    private final CompletableFuture<String> answer;
    private final CompletableFuture<String> log;

    private RunnerProcess(Process process) {
        this.process = process;
        this.tree = new ProcessTree(process);
        this.answer = reading(process.getInputStream(), MAX_ANSWER + 1, true);
        this.log = reading(process.getErrorStream(), MAX_LOG, false);
    }

    /// How a process came to its end, with what it wrote to standard error.
    sealed interface Outcome {
        String log();

        record Ended(int exitCode, String answer, String log) implements Outcome {}

        record SaidTooMuch(String log) implements Outcome {}

        record TookTooLong(String log) implements Outcome {}

        /// @param what for instance "more than 512 MB of memory"
        record UsedTooMuch(String what, String log) implements Outcome {}
    }

    static Outcome run(List<String> command, Path directory, String request, Limits limits) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        var running = new RunnerProcess(builder.start());
        try {
            return running.outcome(request, limits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a plugin was being asked", e);
        } finally {
            running.tree.kill();
        }
    }

    private Outcome outcome(String request, Limits limits) throws IOException, InterruptedException {
        Thread.startVirtualThread(() -> write(request));
        var end = System.nanoTime() + limits.wall().toNanos();
        while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            var beyond = tree.beyond(limits);
            if (beyond.isPresent()) {
                tree.kill();
                return new Outcome.UsedTooMuch(beyond.get(), lastWords(log));
            }
            if (System.nanoTime() - end >= 0) {
                tree.kill();
                return new Outcome.TookTooLong(lastWords(log));
            }
        }
        var said = lastWords(answer);
        if (said.length() > MAX_ANSWER) return new Outcome.SaidTooMuch(lastWords(log));
        if (process.exitValue() == PROCESSOR_TIME_IS_UP)
            return new Outcome.UsedTooMuch(ProcessTree.processorTime(limits), lastWords(log));
        return new Outcome.Ended(process.exitValue(), said, lastWords(log));
    }

    private void write(String request) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It ended without reading its question; how it ended is what counts.
        }
    }

    private CompletableFuture<String> reading(InputStream stream, int max, boolean killBeyond) {
        var read = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            try (stream) {
                var bytes = stream.readNBytes(max);
                if (bytes.length == max && killBeyond) tree.kill();
                // One byte, one character here: the limit counts bytes, and an answer is decoded when it is read.
                read.complete(new String(bytes, StandardCharsets.ISO_8859_1));
                stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) {
                read.complete("");
            }
        });
        return read;
    }

    /// A stray child may hold the pipe open after its parent ended; nobody waits for it for ever.
    private static String lastWords(CompletableFuture<String> words) throws InterruptedException {
        try {
            return words.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return "";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
