package io.autostack.local;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Running;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/// `status`: every process with its address, and the sign-ins.
///
/// @param home the installation
record Status(Path home) {

    private static final String ROW = "%-16s %-8s %-28s %s";
    private static final int NOT_RUNNING = 3;

    /// 0 when it runs, 3 when it does not.
    int print(Consumer<String> say) {
        say.accept(ROW.formatted("PROCESS", "PID", "ADDRESS", "SINCE"));
        for (var name : List.of(Run.SELF, Run.CONTROL_PLANE, Run.REFERENCE_APP, "identity")) {
            Running.find(home, name)
                    .ifPresentOrElse(
                            running -> say.accept(row(name, running.process(), running.address())),
                            () -> say.accept(notRunning(name)));
        }
        var postgres = home.resolve("postgres");
        PostgresServer.running(postgres)
                .ifPresentOrElse(
                        process -> say.accept(row(
                                "postgres",
                                process,
                                "127.0.0.1:" + PostgresServer.lastPort(postgres).orElse(0))),
                        () -> say.accept(notRunning("postgres")));
        if (Running.find(home, Run.SELF).isEmpty()) return NOT_RUNNING;
        say.accept("");
        SignIns.of(home).forEach(say);
        return 0;
    }

    /// With what the launcher does about it, if there is one.
    private String notRunning(String name) {
        var note = Running.find(home, Run.SELF).flatMap(launcher -> new Note(home, name).read());
        return ROW.formatted(name, "-", note.orElse("not running"), "").stripTrailing();
    }

    private static String row(String name, ProcessHandle process, String address) {
        var since = process.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        return ROW.formatted(name, process.pid(), address, since);
    }
}
