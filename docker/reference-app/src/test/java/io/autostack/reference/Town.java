package io.autostack.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autostack.local.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/// Tenants with databases on a real server, the calls the control plane promises, and the application between them.
final class Town implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, String> passwords = new ConcurrentHashMap<>();
    final Map<String, String> statuses = new ConcurrentHashMap<>();
    /// Where they moved; a database has its tenant's name to begin with.
    final Map<String, String> databases = new ConcurrentHashMap<>();
    final LinkedBlockingQueue<JsonNode> reported = new LinkedBlockingQueue<>();
    /// The next report about this tenant is refused, once.
    final AtomicReference<String> refusedOnce = new AtomicReference<>("");
    private final PostgresServer postgres;
    private final HttpServer controlPlane;
    private final ReferenceApplication application;
    private final HttpClient client = HttpClient.newHttpClient();

    Town(Path home) throws IOException {
        ReferenceApplication.bound();
        postgres = PostgresServer.start(home, Path.of("../local/target/postgres"));
        controlPlane = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        controlPlane.createContext("/api/v1/routes/", this::route);
        controlPlane.createContext("/api/v1/secrets/tenants/", this::secret);
        controlPlane.createContext("/api/v1/usage-events", this::usage);
        controlPlane.start();
        var address = URI.create("http://127.0.0.1:" + controlPlane.getAddress().getPort());
        application = ReferenceApplication.start(new Settings(address, "ask_test", "127.0.0.1", 0));
    }

    void tenant(String slug, String status) throws SQLException {
        administer(
                "postgres",
                "create role " + slug + " login password 'first'",
                "create database " + slug + " owner " + slug);
        administer(slug, "create schema app authorization " + slug, "set role " + slug, """
                create table app.guestbook_entry (
                    id         bigint generated always as identity primary key,
                    author     text not null,
                    message    text not null,
                    written_at timestamptz not null default now())
                """);
        passwords.put(slug, "first");
        statuses.put(slug, status);
    }

    void administer(String database, String... orders) throws SQLException {
        try (var connection = postgres.connectAsSuperuser(database);
                var statement = connection.createStatement()) {
            for (var order : orders) statement.execute(order);
        }
    }

    HttpResponse<String> read(String host) throws Exception {
        return client.send(to(host, "/").build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String host, String path) throws Exception {
        return client.send(to(host, path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> write(String host, String form, String... headers) throws Exception {
        var request = to(host, "/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// What is said byte for byte, and the answer until the other side ends the connection.
    String say(String bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", application.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException _) {
            return "";
        }
    }

    @Override
    public void close() {
        application.close();
        controlPlane.stop(0);
        postgres.stop();
        client.close();
    }

    private HttpRequest.Builder to(String host, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
                .header("Host", host + ":8081");
    }

    private void route(HttpExchange exchange) throws IOException {
        var host = exchange.getRequestURI().getPath().substring("/api/v1/routes/".length());
        var slug = host.replace(".localhost", "");
        var status = statuses.get(slug);
        if (status == null) {
            answer(exchange, 404, Map.of("title", "Not found"));
            return;
        }
        var database = Map.of(
                "engine",
                "postgresql",
                "host",
                "127.0.0.1",
                "port",
                postgres.port(),
                "name",
                databases.getOrDefault(slug, slug),
                "secret",
                "tenants/" + slug + "/database");
        answer(
                exchange,
                200,
                Map.of(
                        "host",
                        host,
                        "tenant",
                        "0197-" + slug,
                        "slug",
                        slug,
                        "name",
                        "<" + slug + "> & Sons",
                        "status",
                        status,
                        "database",
                        database));
    }

    private void secret(HttpExchange exchange) throws IOException {
        var slug = exchange.getRequestURI().getPath().split("/")[5];
        answer(
                exchange,
                200,
                Map.of(
                        "name",
                        "tenants/" + slug + "/database",
                        "version",
                        1,
                        "value",
                        Map.of("username", slug, "password", passwords.getOrDefault(slug, ""))));
    }

    private void usage(HttpExchange exchange) throws IOException {
        var events = JSON.readTree(exchange.getRequestBody().readAllBytes());
        events.forEach(reported::add);
        if (!events.findValuesAsText("subject").contains(refusedOnce.get())) {
            answer(exchange, 202, Map.of("results", List.of()));
        } else {
            refusedOnce.set("");
            answer(exchange, 503, Map.of("title", "Later"));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        try (exchange) {
            var bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
