package io.autostack.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// Tells what a control plane asks its identity provider at its start, and signs nobody in.
record TrainingIssuer(HttpServer server) implements AutoCloseable {

    static TrainingIssuer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            var issuer = new TrainingIssuer(server);
            var keys = keys();
            server.createContext("/keys", exchange -> answer(exchange, keys));
            server.createContext("/", exchange -> answer(exchange, issuer.discovery()));
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String discovery() {
        return """
            {"issuer": "%1$s",
             "authorization_endpoint": "%1$s/authorize",
             "token_endpoint": "%1$s/token",
             "end_session_endpoint": "%1$s/end",
             "jwks_uri": "%1$s/keys"}\
            """.formatted(address());
    }

    private static String keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            return """
                {"keys": [{"kid": "training", "kty": "RSA", "alg": "RS256", "use": "sig", "n": "%s", "e": "%s"}]}\
                """.formatted(unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Base64url without the byte that says that a number is not negative.
    private static String unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
