package io.autostack.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void says_what_the_address_answers() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.createContext("/well", exchange -> exchange.sendResponseHeaders(200, -1));
        server.createContext("/ill", exchange -> exchange.sendResponseHeaders(503, -1));
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(HealthCheck.ask(URI.create(address + "/well"))).endsWith("/well 200");
            assertThat(HealthCheck.ask(URI.create(address + "/ill"))).endsWith("/ill 503");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobody_there_is_no_good_answer() throws IOException {
        int free;
        try (var taken = new ServerSocket(0, 1, HERE)) {
            free = taken.getLocalPort();
        }
        assertThat(HealthCheck.ask(URI.create("http://127.0.0.1:" + free + "/")))
                .contains("does not answer");
    }

    @Test
    void another_language_is_no_good_answer() throws Exception {
        try (var server = new ServerSocket(0, 1, HERE)) {
            var other = Thread.ofVirtual().start(() -> {
                try (var caller = server.accept()) {
                    caller.getInputStream().read();
                    caller.getOutputStream().write("SSH-2.0 200\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(HealthCheck.ask(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")))
                    .endsWith("does not speak HTTP");
            other.join();
        }
    }
}
