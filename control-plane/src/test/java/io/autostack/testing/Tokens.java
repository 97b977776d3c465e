package io.autostack.testing;

import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API tokens for tests.
public final class Tokens {

    private Tokens() {}

    /// A token that was shown once.
    public record Token(String id, String secret) {}

    public static Token create(String role, @Nullable String tenant) {
        var answer = ask("test " + UUID.randomUUID(), role, tenant);
        answer.then().statusCode(201);
        var made = JsonAnswer.of(answer);
        return new Token(made.text("id"), made.text("token"));
    }

    public static Response ask(String name, String role, @Nullable String tenant) {
        var wanted = new HashMap<String, String>(Map.of("name", name, "role", role));
        if (tenant != null) wanted.put("tenant", tenant);
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/tokens");
    }
}
