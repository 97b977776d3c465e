package io.autostack.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Ports;
import io.autostack.local.process.Running;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The product as `./autostack run` starts it, on ports and in a folder of its own, fresh for each run of the tests.
public final class Product implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target/browser").toAbsolutePath();
    private static final String CONTROL_PLANE = "control-plane";
    private static final List<String> PROGRAMS = List.of("launcher", CONTROL_PLANE, "reference-app", "identity");
    private static final Duration TO_START = Duration.ofMinutes(6);
    private static final Duration TO_STOP = Duration.ofMinutes(3);

    private final Path home = FOLDER.resolve("home");
    private final Path log = FOLDER.resolve("launcher.log");
    private final int portalPort = Ports.free();
    private final int identityPort = freeBut(portalPort);
    private final int tenantPort = freeBut(portalPort, identityPort);
    private @Nullable Process launcher;

    private Product() {}

    /// Starts from nothing: what an earlier run left behind is ended and removed.
    static Product fresh() {
        var product = new Product();
        product.clearAway();
        product.start();
        return product;
    }

    void start() {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(log, "");
            launcher = launch("run", "--port", Integer.toString(portalPort));
            Awaitility.await("the product is ready")
                    .atMost(TO_START)
                    .pollInterval(Duration.ofMillis(200))
                    .until(this::readyOrDead);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it as Ctrl-C does, and makes sure that nothing is left.
    void stop() {
        var all = processes();
        var process = launcher;
        launcher = null;
        if (process == null) return;
        process.destroy();
        try {
            assertThat(process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS))
                    .as("the launcher ends when it is asked to")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(all.stream().filter(Product::alive).map(ProcessHandle::info).toList())
                .as("processes that outlive the launcher; it said:\n" + said())
                .isEmpty();
    }

    /// Kills the control plane the hard way, and waits until it is gone.
    void killControlPlane() {
        var running = Running.find(home, CONTROL_PLANE).orElseThrow();
        assertThat(running.process().info().commandLine().orElse(""))
                .as("the process that is about to be killed is our control plane")
                .contains(ROOT.resolve("control-plane").toString());
        assertThat(environmentOf(running.pid())).contains("AUTOSTACK_HOME=" + home + "\0");
        running.process().destroyForcibly();
        assertThat(running.waitForEnd(Duration.ofSeconds(30))).isTrue();
    }

    /// Waits for the control plane that the launcher starts in place of one that died.
    void waitUntilReady() {
        Awaitility.await("the control plane answers again")
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> RestAssured.get(portal() + "/q/health/ready").statusCode() == 200);
    }

    String portal() {
        return "http://localhost:" + portalPort;
    }

    String issuer() {
        return "http://localhost:" + identityPort + "/realms/autostack";
    }

    /// Where the shared application answers for a tenant.
    String tenant(String slug) {
        return "http://" + slug + ".localhost:" + tenantPort;
    }

    /// Where it keeps its state: secrets, logs, database.
    Path home() {
        return home;
    }

    String password(String person) {
        return secret("sign-in." + person);
    }

    /// The API, called as an operator's script does.
    RequestSpecification api() {
        return RestAssured.given()
                .baseUri(portal())
                .basePath("/api/v1")
                .accept("application/json")
                .contentType("application/json")
                .header("Authorization", "Bearer " + secret("cli.token"));
    }

    /// The control plane's database, with nothing hidden.
    Connection database() throws SQLException {
        var postgres = home.resolve("postgres");
        int port = PostgresServer.lastPort(postgres).orElseThrow();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/autostack", "postgres", read(postgres.resolve("password")));
    }

    @Override
    public void close() {
        stop();
    }

    private boolean readyOrDead() {
        var said = said();
        var process = launcher;
        assertThat(process != null && process.isAlive())
                .as("the launcher lives; it said:\n" + said)
                .isTrue();
        return said.contains("AutoStack is ready: " + portal());
    }

    private void clearAway() {
        if (!Files.isDirectory(home)) return;
        try {
            launch("stop").waitFor();
            try (var all = Files.walk(home)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch(String... words) throws IOException {
        var local = ROOT.resolve("docker/local/target");
        var all = new ArrayList<String>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.add("-Xmx128m");
        all.add("-cp");
        all.add(launcherJar(local) + ":" + local.resolve("lib") + "/*");
        all.add("io.autostack.local.Launcher");
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(Path.of("/dev/null").toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AUTOSTACK_"));
        environment.put("AUTOSTACK_HOME", home.toString());
        // Whether an engine answers, and which images it has, must not decide how the stories go.
        environment.put("AUTOSTACK_CLOUD_LOCAL_DOCKER", "false");
        environment.put("AUTOSTACK_IDENTITY_PORT", Integer.toString(identityPort));
        environment.put("AUTOSTACK_TENANT_PORT", Integer.toString(tenantPort));
        return builder.start();
    }

    private static Path launcherJar(Path folder) throws IOException {
        try (var found = Files.newDirectoryStream(folder, "autostack-local-?.?.?.jar")) {
            var jars = found.iterator();
            assertThat(jars.hasNext()).as("the launcher was built into " + folder).isTrue();
            return jars.next();
        }
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(
                        PROGRAMS.stream()
                                .map(name -> Running.find(home, name).map(Running::process)),
                        Stream.of(PostgresServer.running(home.resolve("postgres"))))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Where nobody collects the dead, a process that ended keeps its pid.
    private static boolean alive(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }

    private static String environmentOf(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "environ"));
    }

    private String secret(String name) {
        return read(home.resolve("secrets").resolve(name)).strip();
    }

    private String said() {
        return read(log);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeBut(Integer... taken) {
        while (true) {
            int port = Ports.free();
            if (!List.of(taken).contains(port)) return port;
        }
    }
}
