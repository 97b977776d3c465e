package io.autostack.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The three calls a tenant application makes: whose address is this, what is the password, this was used.
final class ControlPlane implements AutoCloseable {

    /// The control plane cannot be asked right now, or did not answer as promised.
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    /// User and password of a tenant's database.
    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final URI address;
    private final String token;

    ControlPlane(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /// Empty when nobody owns the host.
    Optional<Tenant> findTenant(String host) {
        var answer = send(request("/api/v1/routes/" + encoded(host)).build());
        if (answer.statusCode() == 404) return Optional.empty();
        return Optional.of(tenant(good(answer)));
    }

    Credentials getCredentials(String secret) {
        // A secret's name is a path: its slashes stay, everything else is encoded.
        var path = Arrays.stream(secret.split("/")).map(ControlPlane::encoded).collect(Collectors.joining("/"));
        var value = good(send(request("/api/v1/secrets/" + path).build())).path("value");
        return new Credentials(text(value, "username"), text(value, "password"));
    }

    /// @param events a JSON array of CloudEvents
    HttpResponse<String> report(String events) {
        return send(request("/api/v1/usage-events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(events))
                .build());
    }

    @Override
    public void close() {
        client.close();
    }

    private static Tenant tenant(JsonNode route) {
        var database = route.path("database");
        return new Tenant(
                text(route, "tenant"),
                text(route, "slug"),
                text(route, "name"),
                text(route, "status"),
                database.hasNonNull("host")
                        ? new Tenant.Database(
                                text(database, "host"),
                                database.path("port").asInt(5432),
                                text(database, "name"),
                                text(database, "secret"))
                        : null);
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isTextual()) throw new Unavailable("the control plane's answer has no " + field);
        return value.textValue();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Unavailable("the control plane does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }

    private static JsonNode good(HttpResponse<String> answer) {
        if (answer.statusCode() != 200)
            throw new Unavailable("the control plane answered " + answer.statusCode() + " to "
                    + answer.uri().getPath());
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Unavailable("the control plane did not answer with JSON to "
                    + answer.uri().getPath());
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
