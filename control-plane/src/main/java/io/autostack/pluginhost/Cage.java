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
import org.jboss.logging.Logger;

/// Finds out once how far this machine can lock a process in, and makes the command line that does it.
final class Cage {

    private static final Logger LOG = Logger.getLogger(Cage.class);

    private static final Limits PROBE = Limits.of(Duration.ofSeconds(20));

    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx128m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:ActiveProcessorCount=2",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisableAttachMechanism",
            "-XX:-UsePerfData",
            // The JVM's own warnings would otherwise stand in front of the answer.
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-Xlog:cds=off:stderr",
            "--illegal-native-access=deny",
            "--sun-misc-unsafe-memory-access=deny",
            "-Dfile.encoding=UTF-8");

    /// Not on the path that this process was given: a folder in front of it may hold another program of that
    /// name.
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    private static final String CAGED_MAIN = "io.autostack.plugin.runner.CagedMain";

    private final Path java;
    private final Path runner;
    private final Isolation isolation;
    private final List<String> sharing;

    /// @param sharing the JVM's options on the archive of classes beside the runner
    private Cage(Path java, Path runner, Isolation isolation, List<String> sharing) {
        this.java = java;
        this.runner = runner;
        this.isolation = isolation;
        this.sharing = sharing;
    }

    static Cage strongest(Path java, Path runner) throws IOException {
        var cage = with(Isolation.CAGED, java, runner);
        return cage.isPresent() ? cage.get() : new Cage(java, runner, Isolation.NONE, List.of());
    }

    /// A cage of exactly this strength, if the runner really starts in it on this machine.
    static Optional<Cage> with(Isolation isolation, Path java, Path runner) throws IOException {
        if (isolation == Isolation.CAGED) {
            if (!Files.isExecutable(UNSHARE)) return Optional.empty();
            var archive = "-XX:SharedArchiveFile=" + inCage(classArchive(runner));
            if (new Cage(java, runner, isolation, List.of("-Xshare:on", archive)).works())
                return Optional.of(new Cage(java, runner, isolation, List.of("-Xshare:auto", archive)));
        }
        var cage = new Cage(java, runner, isolation, List.of());
        if (!cage.works()) return Optional.empty();
        if (isolation == Isolation.CAGED)
            LOG.warnf("%s is of no use to this JVM: questions to plugins take longer", classArchive(runner));
        return Optional.of(cage);
    }

    /// Made by the build for the JVM that built; halves the start of the runner.
    static Path classArchive(Path runner) {
        return runner.resolveSibling(runner.getFileName().toString().replaceFirst("\\.jar$", ".jsa"));
    }

    private static String inCage(Path file) {
        return "/jars/" + file.getFileName();
    }

    /// Whether later starts share the runner's classes instead of reading them.
    boolean sharesClasses() {
        return !sharing.isEmpty();
    }

    Isolation isolation() {
        return isolation;
    }

    /// The command that asks a question about a plugin.
    List<String> command(Workspace workspace, Limits limits, String question, Path plugin) {
        return switch (isolation) {
            case CAGED -> caged(workspace, limits, plugin.toString(), runner(question, "/jars/plugin.jar"));
            case NONE -> open(java(workspace.tmp().toString(), "-jar", runner.toString(), question, plugin.toString()));
        };
    }

    private boolean works() throws IOException {
        try (var workspace = Workspace.make()) {
            var command = isolation == Isolation.CAGED
                    ? caged(workspace, PROBE, "", runner())
                    : open(java(workspace.tmp().toString(), "-version"));
            var outcome = RunnerProcess.run(command, workspace.work(), "", PROBE);
            if (outcome instanceof RunnerProcess.Outcome.Ended ended && ended.exitCode() == 0) return true;
            if (isolation == Isolation.CAGED)
                LOG.warnf("no cage can be made: %s", outcome.log().strip());
            return false;
        }
    }

    /// Root has to step down first: in a user namespace of its own it would still be the owner of `/proc/sys`.
    private List<String> caged(Workspace workspace, Limits limits, String plugin, List<String> javaArguments) {
        var command = new ArrayList<String>();
        if (Superuser.isHere()) {
            var stage = workspace.root();
            command.addAll(
                    List.of(UNSHARE.toString(), "--mount", "/bin/sh", "-c", script("step-down.sh"), "step-down"));
            command.addAll(List.of(stage.toString(), javaHome().toString(), runner.toString(), plugin));
            var copy = plugin.isEmpty() ? "" : stage.resolve("plugin.jar").toString();
            command.addAll(inside(
                    stage.resolve("root"), stage.resolve("jdk"), stage.resolve(runner.getFileName()), copy, limits));
        } else {
            command.addAll(inside(workspace.root(), javaHome(), runner, plugin, limits));
        }
        command.addAll(javaArguments);
        return command;
    }

    /// A session of its own has no terminal and, where the kernel groups by session, a share of the processors
    /// that does not grow with its threads. Once `unshare` is killed, the kernel ends all of its process
    /// namespace.
    private static List<String> inside(Path root, Path javaHome, Path runner, String plugin, Limits limits) {
        var command = new ArrayList<>(List.of("/usr/bin/setsid", UNSHARE.toString(), "--map-root-user"));
        command.addAll(List.of("--net", "--ipc", "--uts", "--cgroup", "--pid", "--fork", "--kill-child", "--mount"));
        command.addAll(List.of("/bin/sh", "-c", script("cage.sh"), "cage"));
        command.addAll(List.of(root.toString(), javaHome.toString(), runner.toString(), plugin));
        command.addAll(List.of(Long.toString(limits.secondsInside()), limits.words()));
        return command;
    }

    private List<String> open(List<String> javaArguments) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(javaArguments);
        return command;
    }

    /// What gives up calls to the kernel needs native access, and the plugin beside it has it then too: it
    /// could start a JVM of its own with it anyway. The kernel and the cage hold it, not the JVM.
    private List<String> runner(String... arguments) {
        var all = java("/tmp", "--enable-native-access=ALL-UNNAMED");
        all.addAll(sharing);
        all.addAll(List.of("-cp", inCage(runner), CAGED_MAIN));
        all.addAll(List.of(arguments));
        return all;
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

    private static String script(String name) {
        try (var script = Cage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
