package io.autostack.pluginhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out once how far this machine can lock a process in, and makes the command line that does it.
final class Cage {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx128m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisableAttachMechanism",
            "-XX:-UsePerfData",
            "--illegal-native-access=deny",
            "--sun-misc-unsafe-memory-access=deny",
            "-Dfile.encoding=UTF-8");

    private final Path java;
    private final Path runner;
    private final Optional<Path> unshare;
    private final Isolation isolation;

    private Cage(Path java, Path runner, Optional<Path> unshare, Isolation isolation) {
        this.java = java;
        this.runner = runner;
        this.unshare = unshare;
        this.isolation = isolation;
    }

    /// Tries the strongest isolation first.
    static Cage strongest(Path java, Path runner) throws IOException {
        for (var isolation : List.of(Isolation.CAGED, Isolation.OFFLINE)) {
            var cage = with(isolation, java, runner);
            if (cage.isPresent()) return cage.get();
        }
        return new Cage(java, runner, Optional.empty(), Isolation.NONE);
    }

    /// A cage of exactly this strength, if a JVM really starts in it on this machine.
    static Optional<Cage> with(Isolation isolation, Path java, Path runner) throws IOException {
        var unshare = Stream.of("/usr/bin/unshare", "/bin/unshare")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (isolation != Isolation.NONE && unshare.isEmpty()) return Optional.empty();
        var cage = new Cage(java, runner, unshare, isolation);
        return cage.works() ? Optional.of(cage) : Optional.empty();
    }

    Isolation isolation() {
        return isolation;
    }

    /// The command that asks a question about a plugin.
    List<String> command(Workspace workspace, String question, Path plugin) {
        return switch (isolation) {
            case CAGED ->
                caged(
                        workspace,
                        plugin.toString(),
                        java("/tmp", "-jar", "/jars/runner.jar", question, "/jars/plugin.jar"));
            case OFFLINE, NONE ->
                open(java(workspace.tmp().toString(), "-jar", runner.toString(), question, plugin.toString()));
        };
    }

    private boolean works() throws IOException {
        try (var workspace = Workspace.make()) {
            var command = isolation == Isolation.CAGED
                    ? caged(workspace, "", java("/tmp", "-version"))
                    : open(java(workspace.tmp().toString(), "-version"));
            return RunnerProcess.run(command, workspace.work(), "", PROBE_LIMIT)
                            instanceof RunnerProcess.Outcome.Ended ended
                    && ended.exitCode() == 0;
        }
    }

    private List<String> caged(Workspace workspace, String plugin, List<String> javaArguments) {
        var command = unshared("--mount");
        command.addAll(List.of("/bin/sh", "-c", script(), "cage"));
        command.addAll(List.of(workspace.root().toString(), javaHome().toString(), runner.toString(), plugin));
        command.addAll(javaArguments);
        return command;
    }

    private List<String> open(List<String> javaArguments) {
        var command = isolation == Isolation.OFFLINE ? unshared("--mount-proc") : new ArrayList<String>();
        command.add(java.toString());
        command.addAll(javaArguments);
        return command;
    }

    /// Once `unshare` is killed, the kernel ends everything in its process namespace, orphans included.
    private List<String> unshared(String more) {
        var program = unshare.orElseThrow().toString();
        return new ArrayList<>(
                List.of(program, "--map-root-user", "--net", "--ipc", "--pid", "--fork", "--kill-child", more));
    }

    private static List<String> java(String tmp, String... arguments) {
        var all = new ArrayList<>(JAVA_OPTIONS);
        all.add("-Djava.io.tmpdir=" + tmp);
        all.addAll(List.of(arguments));
        return all;
    }

    private Path javaHome() {
        return Objects.requireNonNull(Objects.requireNonNull(java.getParent()).getParent());
    }

    private static String script() {
        try (var script = Cage.class.getResourceAsStream("cage.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
