package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A tenant's container answers as it likes.
@Timeout(30)
class HealthCheckTest {

    @Test
    void s01_an_answer_that_never_ends_is_judged_by_its_beginning() throws IOException {
        assertThat(asked("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nnever"))
                .isEqualTo(new HealthCheck.Answer(true, "answered 200"));
    }

    @Test
    void s01_headers_that_never_end_are_no_answer() throws IOException {
        assertThat(asked("HTTP/1.1 200 OK\r\nX-More: "))
                .isEqualTo(new HealthCheck.Answer(false, "did not answer within 2 s"));
    }

    private static HealthCheck.Answer asked(String answer) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    var connection = server.accept();
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (IOException _) {
                    return;
                }
            });
            return new HealthCheck().ask("http://127.0.0.1:" + server.getLocalPort(), "/");
        }
    }
}
