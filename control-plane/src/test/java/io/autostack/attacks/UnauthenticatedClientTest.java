package io.autostack.attacks;

import static io.autostack.testing.Problems.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.autostack.testing.Browser;
import io.autostack.testing.Callers;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody without any right, or with bad manners, at the only address there is.
@QuarkusTest
@Timeout(120)
class UnauthenticatedClientTest {

    private static final String JSON = "Content-Type: application/json";

    // --- who may not call, and who takes too long

    @Test
    void s10_who_may_not_call_is_answered_before_the_body_is_read() throws IOException {
        var clients = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 250; i++) {
                var client = new Wire();
                clients.add(client);
                client.send("POST /api/v1/tenants HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port + "\r\n" + JSON
                        + "\r\nContent-Length: 1000000\r\n\r\n{");
            }
            platformGoesOn();
            for (var client : clients)
                assertThat(client.answer()).startsWith("HTTP/1.1 401").contains("/problems/not-signed-in");
        } finally {
            for (var client : clients) client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer ask_nobody", "Authorization: Bearer x.y.z", "Cookie: q_session=x"})
    void s10_bad_credentials_are_answered_before_the_body_is_read(String credentials) throws IOException {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE"))
            assertThat(Wire.ask(Wire.head(method, "/api/v1/tokens", credentials, JSON, "Content-Length: 100", "", "{")))
                    .startsWith("HTTP/1.1 401")
                    .contains("/problems/not-signed-in");
    }

    @Test
    void s10_five_hundred_heads_that_never_end_keep_nobody_out_and_are_cut_off() throws IOException {
        var clients = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 500; i++) {
                var client = new Wire();
                clients.add(client);
                assertThatCode(() -> client.send("GET /plans HTTP/1.1\r\nHost: lo"))
                        .doesNotThrowAnyException();
            }
            platformGoesOn();
            for (var client : clients) assertThat(client.answer()).isEmpty();
        } finally {
            for (var client : clients) client.close();
        }
    }

    @Test
    void s10_five_hundred_bodies_that_never_end_keep_nobody_out() throws IOException {
        var clients = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 500; i++) {
                var client = new Wire();
                clients.add(client);
                client.send("POST /sign-out/by-provider HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nl");
            }
            platformGoesOn();
            assertThat(Thread.getAllStackTraces().values())
                    .as("threads that wait for a slow sender")
                    .noneMatch(stack -> Arrays.stream(stack)
                            .anyMatch(frame -> frame.getClassName().contains("VertxInputStream")));
        } finally {
            for (var client : clients) client.close();
        }
    }

    @Test
    void s10_a_head_that_trickles_is_cut_off_by_the_time_in_all() throws IOException {
        try (var client = new Wire()) {
            client.send("GET /plans HTTP/1.1\r\nX-Slow: ");
            client.trickle((byte) 'x');
        }
        platformGoesOn();
    }

    @Test
    void s10_a_second_head_on_the_same_connection_has_no_more_time() throws IOException {
        try (var client = new Wire()) {
            client.send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\nGET /plans HTTP/1.1\r\nX-Slow: ");
            client.trickle((byte) 'x');
        }
    }

    @Test
    void s10_a_body_that_trickles_is_cut_off_even_of_somebody_who_may_call() throws IOException {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        for (var length : List.of("Content-Length: 1000000", "Transfer-Encoding: chunked"))
            try (var slow = new Wire()) {
                slow.send(Wire.head("POST", "/api/v1/tenants", operator, JSON, length) + "\r\n"
                        + (length.startsWith("T") ? "f4240\r\n" : ""));
                slow.trickle((byte) ' ');
            }
        platformGoesOn();
    }

    @Test
    void s10_one_caller_fills_the_memory_with_three_large_bodies_at_the_most() throws IOException {
        var greedy = "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var modest = "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var bodies = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 8; i++) {
                var body = new Wire();
                bodies.add(body);
                body.send(Wire.head(
                                "POST",
                                "/api/v1/usage-events",
                                greedy,
                                JSON,
                                i % 2 == 0 ? "Content-Length: 9000000" : "Transfer-Encoding: chunked")
                        + "\r\n");
            }
            var answers = new ArrayList<String>();
            for (var body : bodies) answers.add(body.answer());

            assertThat(answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 429")))
                    .hasSize(5)
                    .allSatisfy(answer -> assertThat(answer).containsIgnoringCase("retry-after: 5"));
            for (var caller : List.of(modest, greedy))
                assertThat(Wire.ask(body("/api/v1/usage-events", caller, JSON, " ".repeat(2_000_000))))
                        .startsWith("HTTP/1.1 400");
        } finally {
            for (var body : bodies) body.close();
        }
    }

    // --- what cannot be read

    @TestFactory
    Stream<DynamicTest> s11_a_request_that_cannot_be_read_is_the_callers_fault() {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var requests = new ArrayList<String>();
        for (var type : List.of(
                "a/b/c",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "application/json; charset=none",
                "application/json; charset=",
                "application/",
                "/",
                "application/json;;;=",
                "\u00e4/\u00f6",
                "application/json, text/html",
                "application/x-www-form-urlencoded; charset=\"",
                "x".repeat(2_000)))
            for (var path : List.of(
                    "/api/v1/tenants", "/api/v1/tokens", "/api/v1/usage-events", "/tokens", "/tenants/x/deploy/y"))
                requests.add(body(path, operator, "Content-Type: " + type, "--x\r\nContent-Disposition: bad\r\n\r\n"));
        for (var body : List.of(
                "{\"name\": \"a\", \"name\": \"b\"}",
                "[".repeat(100_000),
                "{\"a\":".repeat(5_000),
                "{\"name\": " + "9".repeat(10_000) + "}",
                "{\"name\": 1e999999999}",
                "{\"name\": \"\u0000\"}",
                "{\"name\": \"a\\u0000b\", \"role\": \"operator\"}",
                "{\"name\": \"\u00ff\u00fe\"}",
                "{\"name\": \"\\ud800\"}",
                "{\"name\": NaN}",
                "{'name': 1}",
                "{\"name\": \"a\"} {}",
                "{\"name\": \"" + "x".repeat(1_000_000) + "\"}")) {
            requests.add(body("/api/v1/tenants", operator, JSON, body));
            requests.add(body("/api/v1/tokens", operator, JSON, body));
        }
        for (var accept :
                List.of("x", "text/html;q=7", "text/html;q=a", ",,,/", "a/b/c", "\u00e4/b", "x/y".repeat(1_000)))
            for (var path : List.of("/plans", "/api/v1/tenants", "/nothing"))
                requests.add(Wire.head("GET", path, operator, "Accept: " + accept) + "\r\n");
        for (var target : List.of(
                "/api/v1/tenants/%zz",
                "/tenants/%",
                "/%c0%ae",
                "/plans?x=%ff",
                "/ui/%e4",
                "//evil.example/%2e%2e%",
                "/" + "x".repeat(20_000),
                "http://evil.example/plans",
                "*",
                "/pl\u00e4ne")) requests.add(Wire.head("GET", target, operator) + "\r\n");
        requests.add("GET /plans HTTP/1.0\r\n\r\n");
        requests.add("GET /plans HTTP/1.1\r\nConnection: close\r\n\r\n");
        requests.add("GET /plans HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        requests.add("GET /plans HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");
        requests.add("GET /plans HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n");
        requests.add(Wire.head("GET", "/plans", "X-Huge: " + "x".repeat(100_000)) + "\r\n");
        requests.add(Wire.head("POST", "/api/v1/tenants", operator, JSON, "Content-Length: x") + "\r\n{}");
        requests.add(Wire.head("POST", "/api/v1/tenants", operator, JSON, "Content-Length: -1") + "\r\n{}");
        requests.add("BREW /plans HTTP/1.1\r\nHost: 127.0.0.1:" + RestAssured.port + "\r\nConnection: close\r\n\r\n");
        return requests.stream()
                .map(request -> DynamicTest.dynamicTest(
                        request.substring(0, Math.min(300, request.length())).replaceAll("[^ -~]+", " "), () -> {
                            var answer = Wire.ask(request);
                            assertThat(answer).matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
                        }));
    }

    @Test
    void s11_a_member_that_is_there_twice_is_refused() throws IOException {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        assertThat(Wire.ask(body(
                        "/api/v1/tokens",
                        operator,
                        JSON,
                        "{\"name\": \"a\", \"role\": \"author\", \"role\": \"operator\"}")))
                .startsWith("HTTP/1.1 400")
                .contains("/problems/malformed-request", "role");
    }

    @Test
    void s11_a_chunked_body_without_an_end_is_too_large() throws IOException {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        try (var endless = new Wire()) {
            endless.send(Wire.head("POST", "/api/v1/tenants", operator, JSON, "Transfer-Encoding: chunked") + "\r\n");
            var chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                for (; sent < 1_000; sent++) endless.send(chunk);
            } catch (IOException _) {
                // That is what it is about.
            }
            assertThat(sent).isLessThan(1_000);
        }
        platformGoesOn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q_session=garbage",
                "q_session=",
                "q_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "q_session_chunk_1=x; q_session_chunk_2=y",
                "q_session_evil=x",
                "q_auth=x",
                "q_auth_x=y",
                "q_auth_a_b=c",
                "q_auth_3f1b8f0a-5f0e-4c53-9d39-6a1f0d5a7a11=3f1b8f0a-5f0e-4c53-9d39-6a1f0d5a7a11|x",
                "=; ;;; a",
                "$Version=1; \u00ff=\u00ff",
                "q_post_logout=x"
            })
    void s11_a_garbage_cookie_is_dropped_and_the_visitor_can_sign_in(String cookie) throws IOException {
        for (var path : List.of("/", "/plans"))
            assertThat(Wire.ask(Wire.head("GET", path, "Accept: text/html", "Cookie: " + cookie) + "\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 200");
        var answer = Wire.ask(Wire.head("GET", "/tenants", "Accept: text/html", "Cookie: " + cookie) + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 302");
        // One that could have been ours is taken away on the way.
        assertThat(answer)
                .containsAnyOf(
                        "location: " + Server.setting("AUTOSTACK_OIDC_ISSUER"),
                        "location: " + Browser.address() + "/tenants\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void s11_whoever_comes_with_a_garbage_session_is_signed_in_after_signing_in(String garbage) {
        var visitor = new Browser();
        visitor.cookies().put("q_session", garbage);

        visitor.signIn("operator");

        assertThat(visitor.get("/tenants").statusCode()).isEqualTo(200);
    }

    // --- what nobody knows

    @Test
    void s12_a_token_with_an_unknown_wish_is_not_made() {
        field(
                Callers.operator()
                        .contentType("application/json")
                        .body(Map.of("name", "x", "role", "operator", "expiresAt", "2000-01-01T00:00:00Z"))
                        .post("/api/v1/tokens"),
                "expiresAt");
    }

    // --- hosts

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "localhost@evil.example",
                "127.0.0.2",
                "[::2]",
                "0.0.0.0"
            })
    void s13_another_host_is_refused(String host) throws IOException {
        for (var path : List.of("/", "/tenants", "/sign-in", "/api/v1/plans"))
            assertThat(Wire.ask("GET " + path + " HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n"))
                    .matches("(?s)HTTP/1\\.1 (421|400) .*")
                    .doesNotContainIgnoringCase("location:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/../../plans",
                "/q/health/%2e%2e/%2E%2E/tenants",
                "/q/metrics/./.././../sign-in",
                "/q/health/..//../api/v1/plans"
            })
    void s13_no_detour_leads_past_the_question_for_the_host(String path) throws IOException {
        assertThat(Wire.ask("GET " + path
                        + " HTTP/1.1\r\nConnection: close\r\nAccept: text/html\r\nHost: evil.example\r\n\r\n"))
                .matches("(?s)HTTP/1\\.1 4\\d\\d .*")
                .doesNotContainIgnoringCase("location:");
    }

    @Test
    void s13_headers_of_proxies_say_nothing_about_where_links_lead() throws IOException {
        var answer = Wire.ask(Wire.head(
                        "GET",
                        "/tenants",
                        "Accept: text/html",
                        "X-Forwarded-Host: evil.example",
                        "X-Forwarded-Prefix: /evil",
                        "Forwarded: host=evil.example")
                + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 302").doesNotContain("evil");
    }

    @Test
    void s13_a_page_under_another_name_of_this_machine_leads_to_the_address_that_is_configured() throws IOException {
        assertThat(
                        Wire.ask(
                                "GET /plans?x=1 HTTP/1.1\r\nHost: 127.0.0.1:9\r\nAccept: text/html\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 307")
                .contains("location: " + Browser.address() + "/plans?x=1");
    }

    @Test
    void s13_a_link_in_an_answer_to_this_machine_is_the_configured_address() throws IOException {
        var operator =
                "Authorization: Bearer " + Tokens.create("operator", null).secret();
        var token = "{\"name\": \"link\", \"role\": \"author\"}";
        assertThat(Wire.ask("POST /api/v1/tokens HTTP/1.1\r\nHost: 127.0.0.1:9\r\nConnection: close\r\n" + operator
                        + "\r\n" + JSON + "\r\nContent-Length: " + token.length() + "\r\n\r\n" + token))
                .startsWith("HTTP/1.1 201")
                .containsIgnoringCase("location: " + Browser.address() + "/api/v1/tokens/");
    }

    private static String body(String path, String... headersAndBody) {
        var headers = new ArrayList<>(List.of(headersAndBody));
        var body = headers.removeLast();
        headers.add("Content-Length: " + body.length());
        return Wire.head("POST", path, headers.toArray(String[]::new)) + "\r\n" + body;
    }

    private static void platformGoesOn() {
        RestAssured.get("/q/health/live").then().statusCode(200);
        assertThat(new Browser().get("/plans").statusCode()).isEqualTo(200);
        Callers.operator().get("/api/v1/tenants").then().statusCode(200);
    }
}
