package io.autostack.local;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// One start of the control plane from which the JVM learns: with a database of its own, an identity
/// provider that only tells about itself, and the questions that people ask first.
///
/// @param application the folder with `quarkus-run.jar`
/// @param home where it may leave its state for as long as it takes
/// @param prefix words put before the command that starts it
record TrainingRun(Path application, Path home, List<String> prefix) {

    private static final Duration MAX = Duration.ofMinutes(5);
    private static final Duration TO_END = Duration.ofSeconds(10);
    private static final int ROUNDS = 5;

    /// Whatever cloud the installation is told to use: what nobody asked for must not be paid for there.
    private static final Map<String, String> ON_THIS_MACHINE = Map.of(
            "AUTOSTACK_CLOUD", "local",
            "AUTOSTACK_CLOUD_LOCAL_DOCKER", "false",
            "AUTOSTACK_TENANTS_URL", "http://{slug}.localhost:8081",
            "AUTOSTACK_TENANTS_HOST_SUFFIX", ".localhost");

    private static final List<String> QUESTIONS = List.of(
            "/",
            "/home",
            "/tenants",
            "/tenants/trained",
            "/tenants/trained/usage",
            "/operations",
            "/marketplace",
            "/fleet",
            "/upkeep",
            "/ui/app.css",
            "/api/v1/plans",
            "/api/v1/tenants",
            "/api/v1/tenants/trained",
            "/api/v1/templates",
            "/q/health/ready");

    /// Writes the cache when the process ends, which takes as long as its start did.
    void write(Path cache) {
        clearAway();
        try (var platform = LocalPlatform.prepare(home, Settings.forTests().withoutIdentityProvider());
                var issuer = TrainingIssuer.start()) {
            int port = Ports.free();
            var program = program(platform, issuer, port, cache);
            var running = program.start();
            try {
                waitFor(program, running, port);
                exercise(port);
                running.process().destroy();
                await(program, () -> !running.alive());
            } finally {
                // Asked to end it would write its cache first, in a child.
                var children = running.process().descendants().toList();
                running.process().destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
                running.stop(TO_END);
            }
            if (!Files.isRegularFile(cache)) throw new StartFailed("the JVM wrote no cache." + endOfLog(program));
        }
        clearAway();
    }

    private Program program(LocalPlatform platform, TrainingIssuer issuer, int port, Path cache) {
        var words = new ArrayList<>(prefix);
        words.addAll(Jvm.controlPlane());
        words.addAll(List.of(
                "-XX:AOTCacheOutput=" + cache,
                "-Xlog:aot*=error",
                "-jar",
                application.resolve("quarkus-run.jar").toString()));
        var environment = new HashMap<>(platform.environment());
        environment.putAll(ON_THIS_MACHINE);
        environment.putAll(Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "AUTOSTACK_OIDC_ISSUER", issuer.address(),
                "AUTOSTACK_OIDC_CLIENT_SECRET", Secrets.newPassword()));
        return new Program(Run.CONTROL_PLANE, "http://127.0.0.1:" + port, words, environment, home);
    }

    private void waitFor(Program program, Running running, int port) {
        var health = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        await(program, () -> {
            if (!running.alive()) throw new StartFailed("the control plane ended." + endOfLog(program));
            return Http.answers(health);
        });
    }

    private void exercise(int port) {
        ask(port, "/api/v1/tenants", BodyPublishers.ofString("""
            {"name": "Trained", "slug": "trained", "plan": "starter", "adminEmail": "a@example.com"}\
            """));
        for (int round = 0; round < ROUNDS; round++)
            for (var question : QUESTIONS) ask(port, question, BodyPublishers.noBody());
    }

    /// Whatever the answer is: nothing is proven here.
    private void ask(int port, String path, HttpRequest.BodyPublisher body) {
        Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + Secrets.in(home).token("cli.token"))
                .header("Content-Type", "application/json")
                .method(body.contentLength() == 0 ? "GET" : "POST", body)
                .build());
    }

    private static void await(Program program, BooleanSupplier done) {
        long end = System.nanoTime() + MAX.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end)
                throw new StartFailed("it took longer than " + MAX.toMinutes() + " minutes." + endOfLog(program));
            Pauses.sleep(Duration.ofMillis(50));
        }
    }

    private static String endOfLog(Program program) {
        return " The end of its log:\n" + program.lastLines(15);
    }

    /// What a run that was killed left behind as well.
    void clearAway() {
        if (!Files.isDirectory(home)) return;
        Run.endLeftovers(home, line -> {});
        PostgresServer.stopOrphan(Databases.programs(home));
        try (var all = Files.walk(home)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
