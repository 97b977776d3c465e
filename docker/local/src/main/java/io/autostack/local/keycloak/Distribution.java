package io.autostack.local.keycloak;

import io.autostack.local.process.Command;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.ProgramCopy;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An unpacked Keycloak. Preparing it takes half a minute, so that is done once and copied from then on: it
/// is built for our options, and one start of it leaves what all others begin with: the classes that it loaded, as the
/// JVM archived them, and the tables of its database.
///
/// @param folder holds `lib`, `conf` and, once it ran, `data`
record Distribution(Path folder) {

    private static final List<String> OPTIONS = List.of("--db=dev-file", "--cache=local");
    private static final Duration TO_PREPARE = Duration.ofMinutes(5);

    /// A copy in `target`, prepared for our options; `unpacked` stays as it came.
    static Distribution installed(Path unpacked, Path target) {
        if (!Files.isDirectory(target)) copy(prepared(unpacked), target);
        return new Distribution(target);
    }

    /// @param arguments those of `kc.sh`
    List<String> java(List<String> jvm, List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvm);
        if (Files.isRegularFile(classes())) words.add("-XX:SharedArchiveFile=" + classes());
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Dkc.home.dir=" + folder,
                "-Djboss.server.config.dir=" + folder.resolve("conf"),
                "-cp",
                folder.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        words.addAll(arguments);
        return words;
    }

    /// Of one start, as the JVM archived them. A JVM that they do not fit goes without.
    Path classes() {
        return folder.resolve("classes.jsa");
    }

    /// Whoever comes while another process prepares it waits for that one.
    static Path prepared(Path unpacked) {
        var prepared = unpacked.resolveSibling("prepared-" + unpacked.getFileName());
        if (Files.isDirectory(prepared)) return prepared;
        var lock = unpacked.resolveSibling("preparing-" + unpacked.getFileName() + ".lock");
        try (var held = OwnerLock.take(lock, "prepare Keycloak", TO_PREPARE)) {
            if (!Files.isDirectory(prepared)) prepare(unpacked, prepared);
        }
        return prepared;
    }

    /// In a folder of its own: what a killed one started may still write to that one's.
    private static void prepare(Path unpacked, Path prepared) {
        var half = unpacked.resolveSibling("preparing-" + unpacked.getFileName() + "-"
                + ProcessHandle.current().pid());
        copy(unpacked, half);
        var arguments = new ArrayList<String>();
        arguments.add("build");
        arguments.addAll(OPTIONS);
        var distribution = new Distribution(half);
        var words = distribution.java(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), arguments);
        var result = new Command(words, Map.of()).run(TO_PREPARE);
        if (!result.succeeded()) throw new StartFailed("could not prepare Keycloak:\n" + result.output());
        new Rehearsal(distribution).keepWhatStartsShare();
        try {
            // Its copies hold the people and their passwords.
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwx------"));
            ProgramCopy.complete(half, prepared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Libraries are nine tenths of it.
    private static void copy(Path from, Path to) {
        ProgramCopy.make(
                from,
                to,
                file -> file.startsWith(from.resolve("lib/lib")) || file.equals(new Distribution(from).classes()));
    }
}
