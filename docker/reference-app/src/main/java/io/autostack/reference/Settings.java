package io.autostack.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the process is told through its environment.
///
/// @param controlPlane `AUTOSTACK_URL`
/// @param token `AUTOSTACK_TOKEN`, or the content of `AUTOSTACK_TOKEN_FILE`: an API token with the role application
/// @param host `HOST`, the address to listen on
/// @param port `PORT`; 0 takes a free one
public record Settings(URI controlPlane, String token, String host, int port) {

    public static Settings from(Map<String, String> environment) {
        return new Settings(
                URI.create(environment.getOrDefault("AUTOSTACK_URL", "http://localhost:8080")),
                token(environment),
                environment.getOrDefault("HOST", "127.0.0.1"),
                port(environment.getOrDefault("PORT", "8081")));
    }

    /// Without the token: this is printed.
    @Override
    public String toString() {
        return "control plane " + controlPlane + ", listening on " + host + ":" + port;
    }

    private static int port(String given) {
        if (!given.matches("\\d{1,5}") || Integer.parseInt(given) > 65_535)
            throw new IllegalArgumentException("PORT must be a number from 0 to 65535, not " + given);
        return Integer.parseInt(given);
    }

    private static String token(Map<String, String> environment) {
        var file = environment.get("AUTOSTACK_TOKEN_FILE");
        var token = environment.get("AUTOSTACK_TOKEN");
        if (token != null && !token.isBlank()) return token.strip();
        if (file == null)
            throw new IllegalArgumentException(
                    "set AUTOSTACK_TOKEN or AUTOSTACK_TOKEN_FILE: without a token the control"
                            + " plane gives no tenant's database away");
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read AUTOSTACK_TOKEN_FILE", e);
        }
    }
}
