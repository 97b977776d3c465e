package io.autostack.reference;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One small process that serves every tenant from the tenant's own database.
public final class ReferenceApplication implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';" + " base-uri 'none'";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ControlPlane controlPlane;
    private final TenantDatabases databases;
    private final UsageReport usage;

    private ReferenceApplication(HttpServer server, ControlPlane controlPlane) {
        this.server = server;
        this.controlPlane = controlPlane;
        this.databases = new TenantDatabases(controlPlane);
        this.usage = new UsageReport(controlPlane, InstantSource.system());
    }

    public static void main(String[] none) throws IOException {
        bound();
        Settings settings;
        try {
            settings = Settings.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("reference-app: " + e.getMessage());
            System.exit(2);
            return;
        }
        var application = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(application::close));
        System.out.println("reference-app is ready: " + settings);
    }

    /// Before the first server is made: its own defaults wait for slow callers without end, and take as
    /// many as come. What is set already stays.
    static void bound() {
        var limits = Map.of(
                // Seconds for head and body together, and for fetching the answer.
                "sun.net.httpserver.maxReqTime", "15",
                "sun.net.httpserver.maxRspTime", "30",
                "sun.net.httpserver.idleInterval", "15",
                "jdk.httpserver.maxConnections", "1000",
                "sun.net.httpserver.nodelay", "true",
                // A connection is looked at whenever it is borrowed, also half a second after it was given back.
                "com.zaxxer.hikari.aliveBypassWindowMs", "0");
        limits.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    }

    public static ReferenceApplication start(Settings settings) throws IOException {
        var address = new InetSocketAddress(settings.host(), settings.port());
        var application = new ReferenceApplication(
                HttpServer.create(address, 0), new ControlPlane(settings.controlPlane(), settings.token()));
        application.open();
        return application;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Requests that are under way get a moment to end.
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
        usage.close();
        databases.close();
        controlPlane.close();
    }

    private void open() {
        var directory = new TenantDirectory(controlPlane, InstantSource.system());
        var style = resource("guestbook.css");
        server.setExecutor(threads);
        server.createContext("/", new GuestBookHandler(directory, databases, usage));
        server.createContext("/guestbook.css", exchange -> send(exchange, "text/css; charset=utf-8", style));
        server.createContext(
                "/healthz",
                exchange -> send(exchange, "text/plain; charset=utf-8", "ok\n".getBytes(StandardCharsets.UTF_8)));
        usage.start();
        server.start();
    }

    /// What every answer carries: nothing from outside, no framing, no guessing of types.
    static void protect(Headers headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        // Not no-referrer: with that, browsers hide the origin of our own form from us.
        headers.set("Referrer-Policy", "same-origin");
    }

    private static void send(HttpExchange exchange, String type, byte[] content) throws IOException {
        try (exchange) {
            protect(exchange.getResponseHeaders());
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : content.length);
            if (!head) exchange.getResponseBody().write(content);
        }
    }

    private static byte[] resource(String name) {
        try (var stream = ReferenceApplication.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException(name + " is not in the jar");
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
