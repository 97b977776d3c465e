package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.notFound;
import static io.autostack.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.shared.ProblemType;
import io.autostack.testing.Callers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies, addresses and pages of a list that cannot be are refused with a problem of their own.
@QuarkusTest
class BadRequestTest extends NothingHalfDone {

    @Test
    void members_of_a_wrong_type() {
        for (var member : List.of("name", "slug", "plan", "adminEmail"))
            field(post("/api/v1/tenants", "{\"" + member + "\": {\"a\": 1}}"), member);
        field(post("/api/v1/tenants/" + tenant + "/deployments", "{\"plan\": 7}"), "plan");
        field(post("/api/v1/tenants/" + tenant + "/limits/check", "{\"quantity\": \"many\"}"), "quantity");
        field(post("/api/v1/tenants/" + tenant + "/deployment-plans", "{\"parameters\": [1]}"), "parameters");
    }

    @Test
    void s12_a_member_that_nobody_knows_is_named() {
        field(check("{\"meter\": \"apps\", \"quantity\": 1, \"color\": \"red\"}"), "color");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tenants/NAME",
                "/api/v1/tenants/NAME/usage",
                "/api/v1/templates/NAME",
                "/api/v1/operations/NAME"
            })
    void a_name_of_four_thousand_letters_in_an_address_is_nobodys(String path) {
        Callers.operator().get(path.replace("NAME", "y".repeat(4_000))).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/operations", "/api/v1/audit-events"})
    void a_list_of_a_tenant_with_such_a_name_is_refused_or_empty(String list) {
        assertThat(Callers.operator()
                        .queryParam("tenant", "y".repeat(4_000))
                        .get(list)
                        .statusCode())
                .isIn(200, 404, 422);
    }

    @TestFactory
    Stream<DynamicTest> bodies_that_cannot_be_read() {
        return Stream.of(
                        "/api/v1/tenants",
                        "/api/v1/tokens",
                        "/api/v1/tenants/" + tenant + "/deployment-plans",
                        "/api/v1/tenants/" + tenant + "/deployments",
                        "/api/v1/tenants/" + tenant + "/limits/check")
                .flatMap(path -> Stream.of("{", "{\"name\": ", "[]", "\"text\"", "7", "", "null", "{}{}x")
                        .map(body -> DynamicTest.dynamicTest(path + " " + body, () -> {
                            var answer = post(path, body);
                            assertThat(answer.statusCode())
                                    .as(answer.asString())
                                    .isIn(400, 422);
                            if (answer.statusCode() == 400) problem(answer, 400, "malformed-request");
                            else
                                problem(answer, 422, "invalid-input")
                                        .body("errors", hasItem(org.hamcrest.Matchers.notNullValue()));
                        })));
    }

    @Test
    void json_that_is_not_well_formed_is_a_malformed_request() {
        problem(post("/api/v1/tenants", "{\"name\": "), 400, "malformed-request");
        problem(
                Callers.application()
                        .contentType("application/cloudevents+json")
                        .body("{\"id\": ")
                        .post("/api/v1/usage-events"),
                400,
                "malformed-request");
    }

    /// Refused by its length, before it is sent: a client that goes on sending may never read the answer.
    @Test
    void a_body_beyond_ten_megabytes() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/tenants HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 11534336\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsIgnoringCase("content-security-policy: default-src 'none'")
                    .contains("\"type\":\"/problems/too-large\"", "10 MB at the most");
        }
    }

    @Test
    void more_than_a_thousand_events_at_once() {
        var events = new ArrayList<Map<String, String>>();
        for (int i = 0; i < 1001; i++) events.add(Map.of("id", "e" + i));
        problem(
                        Callers.application()
                                .contentType("application/cloudevents-batch+json")
                                .body(events)
                                .post("/api/v1/usage-events"),
                        413,
                        "too-large")
                .body("most", is(1000));
    }

    @Test
    void a_content_type_that_is_not_taken() {
        for (var path : List.of(
                "/api/v1/tenants",
                "/api/v1/tokens",
                "/api/v1/usage-events",
                "/api/v1/tenants/" + tenant + "/deployments"))
            problem(Callers.operator().contentType("text/plain").body("name=x").post(path), 415, "wrong-content-type");
    }

    @Test
    void a_representation_that_there_is_not() {
        problem(Callers.operator().accept("image/png").get("/api/v1/tenants"), 406, "not-acceptable");
    }

    @Test
    void a_method_that_an_address_does_not_take() {
        problem(Callers.operator().delete("/api/v1/tenants"), 405, "method-not-allowed")
                .header("Allow", containsString("POST"));
        problem(Callers.operator().put("/api/v1/plans"), 405, "method-not-allowed")
                .header("Allow", containsString("GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/v1",
                "/api/v2/tenants",
                "/api/v1/nothing",
                "/api/v1/tenants/x/y/z",
                "/api/v1/plans/%2e%2e%2f%2e%2e"
            })
    void an_address_that_there_is_not(String path) {
        notFound(Callers.operator().urlEncodingEnabled(false).get(path));
    }

    @Test
    void ids_that_are_none() {
        for (var id : List.of("x", "123", "00000000-0000-0000-0000-00000000000g", "null", "%00", "%F0%9F%8D%95")) {
            notFound(raw("/api/v1/tenants/" + id));
            notFound(raw("/api/v1/operations/" + id));
            notFound(raw("/api/v1/tenants/" + tenant + "/deployments/" + id));
            notFound(raw("/api/v1/tenants/" + tenant + "/deployment-plans/" + id));
            notFound(Callers.operator().urlEncodingEnabled(false).delete("/api/v1/tokens/" + id));
        }
        notFound(Callers.operator().get("/api/v1/templates/no-such-template"));
        notFound(Callers.operator().get("/api/v1/templates/no-such-template/versions"));
        notFound(Callers.application().get("/api/v1/routes/nobody.localhost"));
        notFound(Callers.application().get("/api/v1/secrets/tenants/nobody/database"));
        notFound(Callers.nobody().get("/problems/no-such-problem"));
    }

    @TestFactory
    Stream<DynamicTest> pages_that_cannot_be() {
        return Stream.of("/api/v1/tenants", "/api/v1/audit-events", "/api/v1/tenants/" + tenant + "/deployments")
                .flatMap(path -> Stream.concat(
                        Stream.of("0", "501", "-1", "abc", "1.5", "99999999999")
                                .map(size -> DynamicTest.dynamicTest(
                                        path + " page_size " + size,
                                        () -> field(
                                                Callers.operator()
                                                        .queryParam("page_size", size)
                                                        .get(path),
                                                "page_size"))),
                        Stream.of("x", "!!!", "bm90LWEtdXVpZA", "%00")
                                .map(token -> DynamicTest.dynamicTest(
                                        path + " page_token " + token,
                                        () -> field(
                                                Callers.operator()
                                                        .queryParam("page_token", token)
                                                        .get(path),
                                                "page_token")))));
    }

    @Test
    void a_history_of_no_time() {
        field(Callers.operator().get("/api/v1/audit-events?from=yesterday"), "from");
        field(Callers.operator().get("/api/v1/audit-events?to=2026-13-01"), "to");
    }

    @Test
    void every_type_of_problem_is_documented_at_its_address() {
        List<Map<String, Object>> types = Callers.nobody()
                .get("/problems")
                .then()
                .statusCode(200)
                .extract()
                .path("$");
        assertThat(types).hasSizeGreaterThan(15);
        for (var type : types)
            Callers.nobody()
                    .get(String.valueOf(type.get("type")))
                    .then()
                    .statusCode(200)
                    .body("status", is(type.get("status")), "title", is(type.get("title")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/conflict"})
    void a_browser_gets_the_catalogue_of_problems_as_a_page_and_a_program_as_json(String entry) {
        var browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        var page = given().accept(browser)
                .get("/problems" + entry)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).containsOnlyOnce("<h1>").contains("/problems/conflict", ">409<", "href=\"/\">Home</a>");

        for (var program : List.of("*/*", "application/json", "application/json, text/html;q=0.9"))
            given().accept(program)
                    .get("/problems" + entry)
                    .then()
                    .statusCode(200)
                    .contentType("application/json");
    }

    @Test
    void each_type_of_problem_says_when_it_is_met_and_what_helps() {
        for (var type : ProblemType.values()) {
            var page =
                    given().accept("text/html").get("/problems/" + type.slug()).asString();
            assertThat(page)
                    .contains("<h1>" + type.title().replace("'", "&#39;") + "</h1>", "<dt>When</dt>", "What helps");
        }
    }

    @Test
    void a_type_of_problem_that_there_is_not_is_said_so_on_a_page() {
        given().accept("text/html")
                .get("/problems/no-such-type")
                .then()
                .statusCode(404)
                .contentType("text/html");
    }

    @Test
    void a_problem_that_is_not_about_fields_has_no_errors() {
        notFound(Callers.operator().get("/api/v1/tenants/nobody")).body("errors", nullValue());
    }

    private static Response raw(String path) {
        return Callers.operator().urlEncodingEnabled(false).get(path);
    }
}
