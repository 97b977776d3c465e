package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end; the answer is its exit code and everything it printed.
///
/// @param words the program and its arguments, never seen by a shell
/// @param environment added to the environment of this process
public record Command(List<String> words, Map<String, String> environment) {

    public Command(String... words) {
        this(List.of(words), Map.of());
    }

    /// @param exit -1 when the program does not exist or took too long
    /// @param output standard output and standard error as they came
    public record Result(int exit, String output) {
        public boolean succeeded() {
            return exit == 0;
        }
    }

    /// For what must come to its end although everything else is being given up, such as ending a database
    /// in order.
    public Result runEvenIfInterrupted(Duration max) {
        return run(max, true);
    }

    public Result run(Duration max) {
        return run(max, false);
    }

    private Result run(Duration max, boolean evenIfInterrupted) {
        try {
            // A file and not a pipe: a daemon the program leaves behind would keep a pipe open for ever.
            var output = Files.createTempFile("autostack-", ".out");
            try {
                return run(max, evenIfInterrupted, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(Duration max, boolean evenIfInterrupted, Path output) throws IOException {
        Process process;
        try {
            process = start(output);
        } catch (IOException e) {
            return new Result(-1, "cannot run " + words.getFirst() + ": " + e.getMessage());
        }
        long end = System.nanoTime() + max.toNanos();
        boolean interrupted = false;
        try {
            while (true)
                try {
                    if (process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS))
                        return new Result(process.exitValue(), read(output));
                    process.destroyForcibly().waitFor();
                    return new Result(
                            -1, read(output) + words.getFirst() + " took longer than " + max.toSeconds() + " s");
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (evenIfInterrupted) continue;
                    process.destroyForcibly();
                    return new Result(-1, read(output) + words.getFirst() + " was interrupted");
                }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Process start(Path output) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
