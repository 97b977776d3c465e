package io.autostack.local.keycloak;

import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.ProgramCopy;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// One start of a fresh distribution, at whose end the JVM archives the classes that were loaded, and from which the
/// tables of the database are kept.
///
/// @param distribution has no data before, and none afterwards
record Rehearsal(Distribution distribution) {

    private static final Duration MAX = Duration.ofMinutes(4);
    private static final Duration TO_END = Duration.ofSeconds(10);

    void keepWhatStartsShare() {
        int port = Ports.free();
        var address = "http://127.0.0.1:" + port;
        var jvm = List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + distribution.classes(),
                "-Xlog:disable");
        var administrator = Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                KeycloakAdmin.USER,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                Secrets.newPassword());
        var words = distribution.java(jvm, KeycloakServer.arguments(port, false));
        var program = new Program("rehearsal", address, words, administrator, distribution.folder());
        var running = program.start();
        try {
            await(program, () -> {
                if (!running.alive()) throw failed("ended", program);
                return Web.answers(address + "/realms/master/.well-known/openid-configuration");
            });
            running.process().destroy();
            await(program, () -> !running.alive());
        } finally {
            running.process().destroyForcibly();
            running.stop(TO_END);
        }
        new EmptyTables(distribution).keep();
        for (var left : List.of("data", "logs", "run"))
            ProgramCopy.delete(distribution.folder().resolve(left));
    }

    private static void await(Program program, BooleanSupplier done) {
        long end = System.nanoTime() + MAX.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) throw failed("took longer than " + MAX.toMinutes() + " minutes", program);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailed("interrupted while Keycloak was prepared", e);
            }
        }
    }

    private static StartFailed failed(String how, Program program) {
        return new StartFailed("Keycloak " + how + " while it was prepared. It said:\n" + program.lastLines(25));
    }
}
