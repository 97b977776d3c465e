package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.PlatformLog;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// What is no request at all, or only half of one: said in words to whoever sent it, and to nobody else.
@QuarkusTest
@Timeout(120)
class UnreadableRequestTest {

    private static final String JSON = "Content-Type: application/json";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final int LONG = 10_000_000;

    /// Once this is sent, somebody has begun to read it.
    private static final String MORE_THAN_BUFFERS_HOLD = " ".repeat(8_000_000);

    private record Sent(String what, String request, String problem) {}

    @TestFactory
    Stream<DynamicTest> s11_what_is_no_request_is_answered_with_a_problem() {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var host = "Host: 127.0.0.1:" + RestAssured.port;
        return Stream.of(
                        new Sent("no host", "GET /plans HTTP/1.1\r\n\r\n", "malformed-request"),
                        new Sent("no host in the old version", "GET /plans HTTP/1.0\r\n\r\n", "malformed-request"),
                        new Sent("an empty host", "GET /plans HTTP/1.1\r\nHost:\r\n\r\n", "wrong-host"),
                        new Sent(
                                "two hosts",
                                "GET /plans HTTP/1.1\r\n" + host + "\r\n" + host + "\r\n\r\n",
                                "malformed-request"),
                        new Sent("no name for a host", "GET /plans HTTP/1.1\r\nHost: a b\r\n\r\n", "malformed-request"),
                        new Sent("no path", Wire.head("OPTIONS", "*") + "\r\n", "malformed-request"),
                        new Sent(
                                "another address",
                                Wire.head("GET", "http://evil.example/plans") + "\r\n",
                                "malformed-request"),
                        new Sent("a tunnel", Wire.head("CONNECT", "evil.example:443") + "\r\n", "malformed-request"),
                        new Sent("no words at all", "!\u0001\u0002!\r\n\r\n", "malformed-request"),
                        new Sent("one word", "GET\r\n\r\n", "malformed-request"),
                        new Sent("no version", "GET /plans\r\n" + host + "\r\n\r\n", "malformed-request"),
                        new Sent("another protocol", "GET /plans SIP/2.0\r\n" + host + "\r\n\r\n", "malformed-request"),
                        new Sent("the next version", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "malformed-request"),
                        new Sent(
                                "a header with a space in its name",
                                "GET /plans HTTP/1.1\r\n" + host + "\r\nX Y: x\r\n\r\n",
                                "malformed-request"),
                        new Sent(
                                "a zero in a header",
                                "GET /plans HTTP/1.1\r\n" + host + "\r\nX: \u0000\r\n\r\n",
                                "malformed-request"),
                        new Sent(
                                "two lengths",
                                Wire.head("POST", "/api/v1/tenants", operator, "Content-Length: 2", "Content-Length: 3")
                                        + "\r\n{}",
                                "malformed-request"),
                        new Sent("a long address", Wire.head("GET", "/" + "x".repeat(20_000)), "address-too-long"),
                        new Sent(
                                "a large head",
                                Wire.head("GET", "/plans", "X-Huge: " + "x".repeat(3_000_000)) + "\r\n",
                                "head-too-large"),
                        new Sent(
                                "a chunk without a length",
                                Wire.head("POST", "/api/v1/tenants", operator, JSON, CHUNKED) + "\r\nzz\r\n",
                                "malformed-request"),
                        new Sent(
                                "a second chunk without a length",
                                Wire.head("POST", "/api/v1/tenants", operator, JSON, CHUNKED) + "\r\n1\r\n{\r\n-1\r\n",
                                "malformed-request"),
                        new Sent(
                                "a chunk without a length from nobody",
                                Wire.head("POST", "/sign-out/by-provider", CHUNKED) + "\r\nzz\r\n",
                                "too-large"))
                .map(sent -> DynamicTest.dynamicTest(sent.what(), () -> {
                    try (var log = PlatformLog.watch()) {
                        assertThat(Wire.ask(sent.request()))
                                .matches("(?s)HTTP/1\\.[01] 4\\d\\d .*")
                                .containsIgnoringCase("content-type: application/problem+json")
                                .contains("\"type\":\"/problems/" + sent.problem() + "\"");
                        assertThat(log.lines(Level.INFO)).isEmpty();
                    }
                }));
    }

    @Test
    void s11_an_answer_without_a_body_has_the_same_status() throws IOException {
        try (var log = PlatformLog.watch()) {
            assertThat(Wire.ask("HEAD /plans HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(log.lines(Level.INFO)).isEmpty();
        }
    }

    @Test
    void s10_whoever_goes_away_in_the_middle_leaves_one_line_and_no_trace() throws IOException {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var all = new ArrayList<String>();
        for (var half : List.of("Content-Length: " + LONG, CHUNKED))
            for (var path : List.of("/api/v1/tenants", "/api/v1/tokens", "/api/v1/usage-events"))
                all.add(Wire.head("POST", path, operator, JSON, half) + "\r\n"
                        + (half.equals(CHUNKED) ? Integer.toHexString(LONG) + "\r\n" : "") + MORE_THAN_BUFFERS_HOLD);
        try (var log = PlatformLog.watch()) {
            for (var half : all)
                try (var impatient = new Wire()) {
                    impatient.send(half);
                }
            Awaitility.await().until(() -> left(log).size() >= all.size());

            assertThat(left(log)).hasSize(all.size());
            assertThat(log.lines(Level.INFO)).isEmpty();
        }
    }

    private static List<String> left(PlatformLog log) {
        return log.lines(Level.FINE).stream()
                .filter(line -> line.contains("the caller left"))
                .toList();
    }
}
