package io.autostack.testing;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// People and programs that call the API, each with a real token.
public final class Callers {

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

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
        return bearer(TOKENS.computeIfAbsent(name + " at " + issuer, key -> signIn(name)));
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
        try {
            var file = Path.of(Platform.running().environment().getOrDefault("AUTOSTACK_TOKENS_BOOTSTRAP_FILE", ""));
            return bearer(Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.split(" ")[2])
                    .findFirst()
                    .orElseThrow());
        } catch (IOException unreadable) {
            throw new AssertionError("the bootstrap tokens cannot be read", unreadable);
        }
    }

    private static String signIn(String name) {
        var platform = Platform.running();
        var environment = platform.environment();
        return RestAssured.given()
                .baseUri(environment.get("AUTOSTACK_OIDC_ISSUER"))
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "password")
                .formParam("client_id", environment.get("AUTOSTACK_OIDC_CLIENT_ID"))
                .formParam("client_secret", environment.get("AUTOSTACK_OIDC_CLIENT_SECRET"))
                .formParam("username", name)
                .formParam("password", platform.passwords().get(name))
                .formParam("scope", "openid profile email")
                .post("/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
