package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.local.AotCache;
import io.autostack.local.Jvm;
import io.autostack.local.LocalPlatform;
import io.autostack.local.Settings;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.testing.EmptyHome;
import io.autostack.testing.NameServer;
import io.autostack.testing.Superuser;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The packaged control plane as a process of its own, behind the wire, on a platform that is fresh for each run.
final class Application implements AutoCloseable {

    private static final Path PACKAGED = Path.of("target/quarkus-app").toAbsolutePath();
    private static final Path HOME = Path.of("target/platforms/kill").toAbsolutePath();
    private static final Path MIGRATIONS = HOME.resolve("migrations");
    private static final String NAME = "control-plane";
    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_DIE = Duration.ofSeconds(30);

    private final LocalPlatform platform;
    private final PostgresServer postgres;
    private final AotCache cache = new AotCache(PACKAGED);
    private final Gate gate = new Gate();
    private final Wire wire;
    private final Optional<Engine> engine;
    private final Optional<Dock> dock;
    private final int port = Ports.free();
    private final Thread atTheEnd = new Thread(this::end);
    private @Nullable Running process;

    private Application(LocalPlatform platform, Optional<Engine> engine) {
        this.platform = platform;
        this.engine = engine;
        this.dock = engine.map(found -> new Dock(gate, found.socket()));
        this.postgres = platform.postgres().orElseThrow();
        this.wire = new Wire(gate, postgres.port());
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        cache.train();
    }

    /// What an earlier run left behind is ended and removed first.
    static Application fresh() {
        var home = EmptyHome.at(HOME);
        make(MIGRATIONS);
        var engine = Engine.ofThisMachine();
        var platform = LocalPlatform.prepare(home, Settings.forTests().withoutIdentityProvider());
        EmptyHome.trustTheMachine(platform);
        return new Application(platform, engine);
    }

    /// Versions of the tenants' schema beside the product's; none at first.
    Path migrations() {
        return MIGRATIONS;
    }

    Gate gate() {
        return gate;
    }

    /// The machine's Docker engine; without one containers are simulated.
    Optional<Engine> engine() {
        return engine;
    }

    /// Starts the process unless it runs, and waits until it answers.
    void start() {
        if (process == null || !process.alive()) process = program().start();
        var started = process;
        Awaitility.await(
                        "the control plane is ready; its log is in " + program().log())
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    if (!started.alive()) return true;
                    return RestAssured.get(address() + "/q/health/ready").statusCode() == 200;
                });
        assertThat(started.alive())
                .as("the control plane runs; it said:\n" + program().lastLines(30))
                .isTrue();
    }

    /// `kill -9`; whatever it was about to write is never written.
    void kill() {
        var running = process;
        process = null;
        if (running != null) {
            assertThat(running.process().destroyForcibly()).isTrue();
            assertThat(running.waitForEnd(TO_DIE)).isTrue();
            running.forget();
        }
        gate.forget();
        wire.drop();
        dock.ifPresent(Dock::drop);
    }

    /// The end of its log.
    String lastWords() {
        return program().lastLines(3);
    }

    /// The API, called as an operator's script does.
    RequestSpecification operator() {
        return api("cli");
    }

    /// The API, called as the shared application does.
    RequestSpecification tenantApplication() {
        return api("reference-app");
    }

    /// The control plane's database, or another one, with nothing hidden and nothing in between.
    Connection database(String name) throws SQLException {
        return postgres.connectAsSuperuser(name);
    }

    /// The same for questions, of which there are many.
    Superuser superuser() {
        return new Superuser(postgres);
    }

    Connection signIn(String database, String role, String password) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), role, password);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }

    private void end() {
        try {
            kill();
        } finally {
            try {
                wire.close();
                dock.ifPresent(Dock::close);
                engine.ifPresent(Engine::close);
            } finally {
                platform.close();
            }
        }
    }

    private RequestSpecification api(String token) {
        return RestAssured.given()
                .baseUri(address())
                .basePath("/api/v1")
                .accept("application/json")
                .contentType("application/json")
                .header("Authorization", "Bearer " + token(token));
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    private String token(String name) {
        var file = Path.of(platform.environment().getOrDefault("AUTOSTACK_TOKENS_BOOTSTRAP_FILE", ""));
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(name))
                    .findFirst()
                    .map(words -> words[2])
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program program() {
        var words = new ArrayList<>(Jvm.controlPlane());
        // It never lives long enough to be worth the better compiler.
        words.add("-XX:TieredStopAtLevel=1");
        words.addAll(cache.options());
        words.addAll(List.of("-jar", PACKAGED.resolve("quarkus-run.jar").toString()));
        return new Program(NAME, address(), words, environment(), HOME);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(platform.environment());
        for (var url : List.of("AUTOSTACK_DB_URL", "AUTOSTACK_CLOUD_LOCAL_URL"))
            environment.computeIfPresent(
                    url, (name, direct) -> direct.replace(":" + postgres.port() + "/", ":" + wire.port() + "/"));
        environment.putAll(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                Map.entry("AUTOSTACK_CLOUD_LOCAL_DOCKER", Boolean.toString(dock.isPresent())),
                Map.entry("AUTOSTACK_WORKER_THREADS", "32"),
                Map.entry("AUTOSTACK_WORKER_LONG_THREADS", "32"),
                Map.entry("AUTOSTACK_WORKER_HEARTBEAT", "1s"),
                Map.entry("AUTOSTACK_CREDENTIALS_OVERLAP", "0s"),
                Map.entry("AUTOSTACK_CREDENTIALS_DRAIN", "0s"),
                Map.entry("AUTOSTACK_DNS_SERVER", NameServer.running().address()),
                Map.entry("AUTOSTACK_TENANTS_MIGRATIONS", MIGRATIONS.toString()),
                Map.entry("AUTOSTACK_FLEET_PAUSE", "200ms"),
                // Nobody but the test asks for operations: a daily backup would come before its turn. A look after
                // all tenants writes about each of them, which would count as a write of the operation that is tried.
                Map.entry("AUTOSTACK_BACKUPS_EVERY", "1d"),
                Map.entry("AUTOSTACK_UPKEEP_EVERY", "1d"),
                Map.entry("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "60"),
                Map.entry("QUARKUS_OIDC_TENANT_ENABLED", "false"),
                Map.entry("AUTOSTACK_OIDC_ISSUER", "http://127.0.0.1:1/nobody-signs-in"),
                Map.entry("AUTOSTACK_OIDC_CLIENT_SECRET", "unused")));
        dock.ifPresent(real -> environment.put("DOCKER_HOST", "tcp://127.0.0.1:" + real.port()));
        return environment;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
