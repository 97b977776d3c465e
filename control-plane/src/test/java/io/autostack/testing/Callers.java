package io.autostack.testing;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// People and programs that call the API, each with a real token.
public final class Callers {

    /// Shorter than the identity provider believes a token.
    private static final Duration FRESH = Duration.ofMinutes(4);

    private static final Map<String, Token> TOKENS = new ConcurrentHashMap<>();

    private record Token(String secret, long since) {

        static Token of(String person) {
            return new Token(Browser.tokens(person).getString("access_token"), System.nanoTime());
        }

        boolean isFresh() {
            return System.nanoTime() - since < FRESH.toNanos();
        }
    }

    private Callers() {}

    public static RequestSpecification nobody() {
        return given().accept("application/json");
    }

    public static RequestSpecification operator() {
        return person("operator");
    }

    public static RequestSpecification finance() {
        return person("finance");
    }

    public static RequestSpecification alice() {
        return person("alice");
    }

    /// Signs in at Keycloak with the generated password.
    public static RequestSpecification person(String name) {
        var issuer = Platform.running().environment().get("AUTOSTACK_OIDC_ISSUER");
        var token = TOKENS.compute(
                name + " at " + issuer, (key, had) -> had != null && had.isFresh() ? had : Token.of(name));
        return bearer(token.secret());
    }

    public static RequestSpecification bearer(String token) {
        return given().accept("application/json").header("Authorization", "Bearer " + token);
    }

    /// The tenant application's own token.
    public static RequestSpecification application() {
        return bootstrap("reference-app");
    }

    /// A token that was handed out before the first start.
    public static RequestSpecification bootstrap(String name) {
        return bearer(bootstrapToken(name));
    }

    public static String bootstrapToken(String name) {
        try {
            var file = Path.of(Platform.running().environment().getOrDefault("AUTOSTACK_TOKENS_BOOTSTRAP_FILE", ""));
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.split(" ")[2])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError("the bootstrap tokens cannot be read", e);
        }
    }
}
