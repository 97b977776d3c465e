package io.autostack.bench;

import io.autostack.local.AotCache;
import io.autostack.local.Jvm;
import io.autostack.local.LocalPlatform;
import io.autostack.local.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The packaged control plane as a process of its own, on real PostgreSQL and Keycloak.
final class Product implements AutoCloseable {

    private final LocalPlatform platform;
    private final AotCache cache = new AotCache(Path.of("target/quarkus-app"));
    private final Path log;
    private boolean useCache = true;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> settings = new HashMap<>(Map.of("AUTOSTACK_UPKEEP_EVERY", "1h"));
    private @Nullable Process process;

    private Product(LocalPlatform platform, Path log, int port) {
        this.platform = platform;
        this.log = log;
        this.port = port;
    }

    static Product prepare(Path home) throws IOException {
        var port = freePort();
        var platform = LocalPlatform.prepare(
                home, Settings.forTests().withPortalPort(port).telling(System.out::println));
        var product = new Product(platform, home.resolve("control-plane.log"), port);
        product.cache.train();
        return product;
    }

    LocalPlatform platform() {
        return platform;
    }

    /// Whether the next starts use the AOT cache, as they do under the launcher.
    void useCache(boolean use) {
        useCache = use;
    }

    /// Holds from the next start on.
    void setting(String variable, String value) {
        settings.put(variable, value);
    }

    /// Processor time of the control plane so far.
    Duration cpu() {
        var running = process;
        if (running == null) throw new IllegalStateException("the control plane does not run");
        return running.info().totalCpuDuration().orElseThrow();
    }

    /// Starts the process if it does not run.
    ///
    /// @return seconds from start to the first ready answer; 0 when it ran already
    double start() throws Exception {
        var running = process;
        if (running != null && running.isAlive()) return 0;
        var words = new ArrayList<>(Jvm.controlPlane());
        if (useCache) words.addAll(cache.options());
        words.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(platform.environment());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("AUTOSTACK_CLOUD_LOCAL_DOCKER", "false");
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long begun = System.nanoTime();
        var started = builder.start();
        process = started;
        while (!ready()) {
            if (!started.isAlive()) throw new IllegalStateException("the control plane ended; see " + log);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    void stop() throws InterruptedException {
        var running = process;
        process = null;
        if (running == null) return;
        running.destroy();
        if (!running.waitFor(30, TimeUnit.SECONDS)) running.destroyForcibly().waitFor();
    }

    /// Resident memory of the control plane, MB.
    long residentMb() throws IOException {
        var running = process;
        if (running == null) throw new IllegalStateException("the control plane does not run");
        return residentMb(running.pid());
    }

    static long residentMb(long pid) throws IOException {
        return memoryMb(pid, "VmRSS:");
    }

    /// Memory that the control plane shares with no file, MB.
    long ownMb() throws IOException {
        var running = process;
        if (running == null) throw new IllegalStateException("the control plane does not run");
        return memoryMb(running.pid(), "RssAnon:");
    }

    private static long memoryMb(long pid, String kind) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status")))
            if (line.startsWith(kind)) return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
        throw new IllegalStateException("no " + kind + " of process " + pid);
    }

    HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    private String token() throws IOException {
        var file = Path.of(platform.environment().getOrDefault("AUTOSTACK_TOKENS_BOOTSTRAP_FILE", ""));
        for (var line : Files.readAllLines(file))
            if (line.startsWith("cli ")) return line.substring(line.lastIndexOf(' ') + 1);
        throw new IllegalStateException("no token of the launcher in " + file);
    }

    private boolean ready() throws InterruptedException {
        try {
            var probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        platform.close();
    }
}
