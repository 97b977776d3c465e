package io.autostack.local;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import io.autostack.local.process.UntilAsked;
import io.autostack.local.secrets.Secrets;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// `run`: everything in its order, kept alive until somebody ends it, and ended in the opposite order.
final class Run {

    static final String SELF = "launcher";
    private static final String DETACHED = "AUTOSTACK_DETACHED";
    static final String CONTROL_PLANE = "control-plane";
    static final String REFERENCE_APP = "reference-app";
    static final String READY = "AutoStack is ready: ";
    private static final Duration TO_END = Duration.ofSeconds(30);

    private final Path home;
    private final Settings settings;
    private final Consumer<String> say;
    private final Repository repository = Repository.find();

    Run(Path home, Settings settings) {
        this.home = home;
        this.settings = settings;
        this.say = settings.progress();
    }

    /// Starts this very command once more in the background and returns when it says that it is ready.
    void detached() {
        refuseSecond();
        var words = new ArrayList<>(Jvm.small());
        words.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "run",
                "--port",
                Integer.toString(settings.portalPort())));
        var program = new Program(
                SELF,
                "http://localhost:" + settings.portalPort(),
                words,
                Map.of("AUTOSTACK_HOME", home.toString(), DETACHED, "true"),
                home);
        var log = new LogReader(program.log());
        log.skipToEnd();
        var running = program.start();
        while (running.alive()) {
            for (var line : log.newLines()) {
                say.accept(line);
                if (!line.startsWith(READY)) continue;
                SignIns.of(home).forEach(say);
                say.accept("");
                return;
            }
            Pauses.sleep(Duration.ofMillis(100));
        }
        log.newLines().forEach(say);
        throw new StartFailed("AutoStack did not start; all it said is in " + program.log());
    }

    /// Ends when this process is asked to end.
    void inForeground() {
        refuseSecond();
        UntilAsked.run(this::standUp);
    }

    private void standUp() {
        var address = "http://localhost:" + settings.portalPort();
        var self = Running.rememberSelf(home, SELF, address);
        long begun = System.nanoTime();
        // Parts start side by side, and each of them may be the one that fails.
        var started = Collections.synchronizedList(new ArrayList<Runnable>());
        started.add(self::forget);
        try (var stages = new Stages(say)) {
            endLeftovers(home, say);
            needPort(settings.portalPort(), "the portal and API", "choose another one with --port");
            needPort(settings.tenantPort(), "the tenant application", "end the program that listens there");
            say.accept("Starting ...");
            var cache = new AotCache(repository.controlPlane());
            var reference = referenceApplication();
            var readyApplication = stages.begin(REFERENCE_APP, "ready", () -> start(reference, "/healthz", started));
            var platform = LocalPlatform.prepare(home, settings, stages);
            // Before the programs that stand on it, so that it ends after them.
            started.add(1, platform::close);
            var controlPlane = stages.result(stages.begin(
                    CONTROL_PLANE, "ready", () -> start(controlPlane(platform, cache), "/q/health/ready", started)));
            var application = stages.result(readyApplication);
            say.accept("Everything is ready after " + Stages.seconds(System.nanoTime() - begun) + " s.");
            say.accept("");
            say.accept(READY + address);
            // What a detached launcher says goes into its log, and passwords do not belong there.
            if (!settings.given().containsKey(DETACHED)) SignIns.of(home).forEach(say);
            say.accept("");
            var work = new ArrayList<Runnable>(parts(platform, controlPlane, application));
            work.add(() -> train(cache));
            try (var supervision = Supervision.of(work)) {
                supervision.untilInterrupted();
            }
        } catch (InterruptedException _) {
            // The ordinary end: Ctrl-C, SIGTERM or `./autostack stop`.
        } finally {
            Thread.interrupted();
            if (started.size() > 1) say.accept("Stopping ...");
            started.reversed().forEach(this::end);
            if (started.size() > 1) say.accept("Stopped.");
        }
    }

    /// One that will not end must not keep the others from ending.
    private void end(Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            say.accept("Could not end everything: " + e.getMessage());
        }
    }

    private static ServedProgram start(Program program, String health, List<Runnable> started) {
        var served = new ServedProgram(program, health);
        started.add(served::stop);
        served.start();
        return served;
    }

    private List<Kept> parts(LocalPlatform platform, ServedProgram... programs) {
        var kept = new ArrayList<Kept>();
        platform.postgres()
                .filter(PostgresServer::owned)
                .map(server -> new Part("postgres", server.log(), server::alive, server::startAgain))
                .ifPresent(part -> kept.add(kept(part, Pauses.OF_SERVERS)));
        platform.keycloak()
                .map(server -> new Part("identity", server.log(), server::alive, server::startAgain))
                .ifPresent(part -> kept.add(kept(part, Pauses.OF_SERVERS)));
        for (var program : programs) kept.add(kept(program.part(), Pauses.OF_PROGRAMS));
        return kept;
    }

    private Kept kept(Part part, Pauses pauses) {
        return new Kept(part, pauses, new Note(home, part.name()), say);
    }

    /// Once after each build, when everything runs: the next start is the first that gains by it.
    private void train(AotCache cache) {
        long begun = System.nanoTime();
        try {
            if (!cache.isTrained() && cache.trainAside())
                say.accept("The next start of the control plane will be a fast one: its AOT cache was trained in "
                        + Stages.seconds(System.nanoTime() - begun) + " s.");
        } catch (StartFailed | UncheckedIOException e) {
            if (!Thread.currentThread().isInterrupted())
                say.accept("The control plane starts slower than it could: no AOT cache, because " + e.getMessage());
        }
    }

    private Program controlPlane(LocalPlatform platform, AotCache cache) {
        var words = new ArrayList<>(Jvm.controlPlane());
        words.addAll(cache.options());
        words.addAll(List.of(
                "-jar", repository.controlPlane().resolve("quarkus-run.jar").toString()));
        return new Program(
                CONTROL_PLANE, "http://127.0.0.1:" + settings.portalPort(), words, platform.environment(), home);
    }

    private Program referenceApplication() {
        // On a first run nobody has made its token yet.
        Secrets.in(home).token(REFERENCE_APP + ".token");
        var words = new ArrayList<>(Jvm.small());
        words.addAll(List.of("-cp", repository.referenceApplication(), "io.autostack.reference.ReferenceApplication"));
        var environment = new HashMap<>(Map.of(
                "AUTOSTACK_URL", "http://127.0.0.1:" + settings.portalPort(),
                "AUTOSTACK_TOKEN_FILE",
                        home.resolve("secrets/reference-app.token").toString(),
                "PORT", Integer.toString(settings.tenantPort())));
        return new Program(REFERENCE_APP, "http://127.0.0.1:" + settings.tenantPort(), words, environment, home);
    }

    private void refuseSecond() {
        Running.find(home, SELF)
                .filter(other -> other.pid() != ProcessHandle.current().pid())
                .ifPresent(other -> {
                    throw new StartFailed(
                            "AutoStack is already running: " + other.address() + " (pid " + other.pid() + ", since "
                                    + other.since() + "). ./autostack status says more, ./autostack stop ends it.");
                });
    }

    /// What a launcher left behind when it was killed and could end nothing itself.
    static void endLeftovers(Path home, Consumer<String> say) {
        for (var name : List.of(REFERENCE_APP, CONTROL_PLANE))
            Running.find(home, name).ifPresent(left -> {
                say.accept("Ending the " + name + " of an earlier run (pid " + left.pid() + ") ...");
                left.stop(TO_END);
            });
    }

    private static void needPort(int port, String what, String wayOut) {
        if (!Ports.isFree(port))
            throw new StartFailed("port " + port + " is taken, and " + what + " needs it: " + wayOut);
    }
}
