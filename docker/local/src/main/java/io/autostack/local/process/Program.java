package io.autostack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that is meant to run on: what to start, what to tell it and where it writes.
///
/// @param name names its log and the file that remembers it, such as `control-plane`
/// @param address where it answers, for people
/// @param words the program and its arguments
/// @param environment added to the environment of this process
/// @param home the folder with `logs` and `run`
public record Program(String name, String address, List<String> words, Map<String, String> environment, Path home) {

    private static final long LOG_LIMIT = 20_000_000;

    public Program {
        words = List.copyOf(words);
        environment = new LinkedHashMap<>(environment);
    }

    /// Starts it in a session of its own, so that Ctrl-C reaches us first and we end everything in order.
    public Running start() {
        var all = new ArrayList<String>();
        if (new Command("setsid", "--version").run(Duration.ofSeconds(5)).succeeded()) all.add("setsid");
        all.addAll(words);
        try {
            var builder = new ProcessBuilder(all).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(freshLog().toFile()));
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.environment().putAll(environment);
            return Running.remember(this, builder.start().toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + name, e);
        }
    }

    /// Runs a program that talks to the person at the terminal, and answers with its exit code.
    public static int inTerminal(List<String> words, Map<String, String> environment, Path folder) {
        try {
            var builder = new ProcessBuilder(words).inheritIO().directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            var process = builder.start();
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Ctrl-C reached it as well: it must be gone before what it stands on goes.
                process.destroy();
                process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                throw new StartFailed("interrupted", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + words.getFirst(), e);
        }
    }

    public Path log() {
        return home.resolve("logs").resolve(name + ".log");
    }

    /// The end of the log, for the message about what went wrong.
    public String lastLines(int max) {
        try {
            if (!Files.exists(log())) return "";
            var lines = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - max), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path freshLog() throws IOException {
        Files.createDirectories(log().getParent());
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT)
            Files.move(log(), log().resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        return log();
    }
}
