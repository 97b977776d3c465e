package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.notFound;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent wrongly is refused with a problem that names the field, and leaves nothing behind.
@QuarkusTest
class BadInputTest {

    private static @Nullable String active;

    private String tenant = "";
    private List<Long> before = List.of();

    @BeforeEach
    void count() throws SQLException {
        if (active == null) active = Onboarding.activeTenant("professional", "alice@example.com");
        tenant = active;
        Onboarding.quiet();
        before = rows();
    }

    /// Every test here is about something that is refused.
    @AfterEach
    void nothing_is_half_done() throws SQLException {
        assertThat(rows())
                .as("tenants, apps, plans, deployments, operations, tokens, events")
                .isEqualTo(before);
    }

    // --- onboarding

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "Shop",
                "1shop",
                "-shop",
                "shop-",
                "my--shop",
                "my_shop",
                "shöp",
                "a b",
                "../etc",
                "a123456789012345678901234567890",
                "admin",
                "api",
                "www",
                "localhost",
                "shop\u0000",
                "shop'; drop table"
            })
    void a_slug_that_cannot_be_one(String slug) {
        field(onboard("slug", slug), "slug");
    }

    @Test
    void a_slug_that_is_taken() {
        field(onboard("slug", tenant), "slug").body("errors[0].message", containsString("taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gold", "starter2", "../starter"})
    void a_plan_that_is_not_on_offer(String plan) {
        field(onboard("plan", plan), "plan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "alice@", "@example.com", "a b@example.com", "alice@exa mple.com", "<a>@b.c"})
    void an_address_that_is_no_e_mail(String email) {
        field(onboard("adminEmail", email), "adminEmail");
    }

    @Test
    void a_name_that_is_missing_too_long_or_unprintable() {
        for (var name : List.of("", "   ", "x".repeat(101), "a\u0007b")) field(onboard("name", name), "name");
    }

    @Test
    void everything_missing_is_said_at_once() {
        problem(post("/api/v1/tenants", "{}"), 422, "invalid-input")
                .body("errors.field", containsInAnyOrder("name", "slug", "plan", "adminEmail"));
    }

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

    // --- bodies

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

    // --- addresses

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

    // --- lists

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

    // --- usage, limits, billing

    @ParameterizedTest
    @ValueSource(strings = {"2026", "2026-13", "11-2026", "2026-1", "now", "2026-11-01", "2999-01"})
    void a_month_that_is_none_or_has_not_begun(String period) {
        field(Callers.alice().get("/api/v1/tenants/" + tenant + "/usage?period=" + period), "period");
        field(
                Callers.finance().accept("*/*").get("/api/v1/billing/export?format=focus-csv&period=" + period),
                "period");
    }

    @Test
    void an_export_of_an_unknown_form() {
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export?period=2026-11&format=pdf"), "format");
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export?period=2026-11&focus=9"), "focus");
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export"), "period");
    }

    @Test
    void a_limit_of_nothing_that_is_measured() {
        field(check("{\"meter\": \"unicorns\", \"quantity\": 1}"), "meter");
        field(check("{\"quantity\": 1}"), "meter");
        field(check("{\"meter\": \"apps\"}"), "quantity");
        field(check("{\"meter\": \"apps\", \"quantity\": -1}"), "quantity");
        field(check("{\"meter\": \"apps\", \"quantity\": 1e99}"), "quantity");
    }

    @Test
    void events_that_cannot_be_counted_are_rejected_one_by_one_with_a_reason() {
        var good = Map.<String, Object>of(
                "specversion",
                "1.0",
                "type",
                "io.autostack.usage.recorded.v1",
                "source",
                "bad-input",
                "id",
                UUID.randomUUID().toString(),
                "subject",
                tenant,
                "data",
                Map.of("meter", "api-requests", "quantity", 1));
        var bad = List.of(
                with(good, "specversion", "0.3"),
                with(good, "type", "something.else"),
                with(good, "source", ""),
                with(good, "id", ""),
                with(good, "subject", "no-such-tenant"),
                with(good, "time", "yesterday"),
                with(good, "time", "2020-01-01T00:00:00Z"),
                with(good, "time", "2999-01-01T00:00:00Z"),
                with(good, "data", "text"),
                with(good, "data", Map.of("meter", "unicorns", "quantity", 1)),
                with(good, "data", Map.of("meter", "apps", "quantity", 1)),
                with(good, "data", Map.of("meter", "api-requests", "quantity", -1)),
                with(good, "data", Map.of("meter", "api-requests", "quantity", "1")),
                with(good, "data", Map.of("meter", "api-requests")));

        var answer = Callers.application()
                .contentType("application/cloudevents-batch+json")
                .body(bad)
                .post("/api/v1/usage-events");

        answer.then().statusCode(202).body("results", hasSize(bad.size()));
        assertThat(answer.jsonPath().getList("results.status")).containsOnly("rejected");
        assertThat(answer.jsonPath().getList("results.reason", String.class))
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void a_binary_event_without_attributes() {
        problem(
                Callers.application().contentType("application/json").body("{}").post("/api/v1/usage-events"),
                400,
                "malformed-request");
    }

    // --- tokens

    @Test
    void a_token_that_cannot_be_made() {
        field(token(Map.of("role", "operator")), "name");
        field(token(Map.of("name", "x".repeat(81), "role", "operator")), "name");
        field(token(Map.of("name", "ci")), "role");
        field(token(Map.of("name", "ci", "role", "root")), "role");
        field(token(Map.of("name", "ci", "role", "operator", "expires", "tomorrow")), "expires");
        field(token(Map.of("name", "ci", "role", "operator", "expires", "0d")), "expires");
        field(token(Map.of("name", "ci", "role", "operator", "tenant", "no-such-tenant")), "tenant");
    }

    @Test
    void people_without_the_role_change_nothing() {
        problem(Callers.alice().contentType("application/json").body("{}").post("/api/v1/tenants"), 403, "not-allowed");
        problem(
                Callers.finance().contentType("application/json").body("{}").post("/api/v1/tokens"),
                403,
                "not-allowed");
        problem(
                Deploying.askForPlan(Callers.finance(), tenant, Map.of("template", Deploying.TEMPLATE, "name", "Shop")),
                403,
                "not-allowed");
    }

    // --- deployments

    @Test
    void a_template_or_version_that_is_not_on_offer() {
        field(plan(Map.of("name", "Shop")), "template");
        field(plan(Map.of("name", "Shop", "template", "no-such-template")), "template");
        field(plan(Map.of("name", "Shop", "template", Deploying.TEMPLATE, "version", "99.0.0")), "version");
    }

    @Test
    void an_app_without_a_name_that_an_address_can_be_made_from() {
        for (var name : List.of("", "   ", "1", "!!!", "a", "x".repeat(101)))
            field(plan(Map.of("template", Deploying.TEMPLATE, "name", name)), "name");
        field(plan(Map.of("template", Deploying.TEMPLATE)), "name");
    }

    @Test
    void parameters_that_the_template_does_not_take() {
        field(parameter("replicas", 99), "parameters.replicas");
        field(parameter("replicas", "many"), "parameters.replicas");
        field(parameter("replicas", 1.5), "parameters.replicas");
        field(parameter("size", "gigantic"), "parameters.size");
        field(parameter("image", "not an image!"), "parameters.image");
        field(parameter("title", "x".repeat(81)), "parameters.title");
        field(parameter("database-storage", 1), "parameters.database-storage");
        field(parameter("no-such-parameter", "x"), "parameters.no-such-parameter");
        field(parameter("title", List.of("a")), "parameters.title");
        field(parameter("title", Map.of("a", 1)), "parameters.title");
    }

    @Test
    void several_wrong_fields_are_said_at_once() {
        problem(
                        plan(Map.of(
                                "template",
                                Deploying.TEMPLATE,
                                "name",
                                "",
                                "parameters",
                                Map.of("replicas", 0, "size", "x"))),
                        422,
                        "invalid-input")
                .body("errors.field", containsInAnyOrder("name", "parameters.replicas", "parameters.size"));
    }

    @Test
    void an_approval_of_nothing() {
        var path = "/api/v1/tenants/" + tenant + "/deployments";
        field(post(path, "{}"), "plan");
        field(post(path, "{\"plan\": \"x\"}"), "plan");
        notFound(post(path, "{\"plan\": \"" + UUID.randomUUID() + "\"}"));
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

    @Test
    void a_problem_that_is_not_about_fields_has_no_errors() {
        notFound(Callers.operator().get("/api/v1/tenants/nobody")).body("errors", nullValue());
    }

    private static Response onboard(String member, String value) {
        var wanted = new HashMap<>(Map.of(
                "name",
                "Bad input",
                "slug",
                Onboarding.freshSlug(),
                "plan",
                "starter",
                "adminEmail",
                "alice@example.com"));
        wanted.put(member, value);
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/tenants");
    }

    private static Response post(String path, String body) {
        return Callers.operator().contentType("application/json").body(body).post(path);
    }

    private static Response raw(String path) {
        return Callers.operator().urlEncodingEnabled(false).get(path);
    }

    private static Response token(Map<String, String> wanted) {
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/tokens");
    }

    private Response check(String question) {
        return post("/api/v1/tenants/" + tenant + "/limits/check", question);
    }

    private Response plan(Map<String, ?> wanted) {
        return Deploying.askForPlan(Callers.alice(), tenant, wanted);
    }

    private Response parameter(String name, Object value) {
        return plan(Map.of("template", Deploying.TEMPLATE, "name", "Shop", "parameters", Map.of(name, value)));
    }

    private static Map<String, Object> with(Map<String, Object> good, String member, Object value) {
        var event = new HashMap<>(good);
        event.put(member, value);
        return event;
    }

    private static List<Long> rows() throws SQLException {
        var counts = new ArrayList<Long>();
        try (var admin = Server.asSuperuser("autostack");
                var statement = admin.createStatement()) {
            for (var table : List.of(
                    "tenancy.tenant",
                    "tenancy.project",
                    "marketplace.deployment_plan",
                    "marketplace.deployment",
                    "provisioning.operation",
                    "provisioning.secret",
                    "identity.api_token",
                    "identity.membership",
                    "metering.usage_event",
                    "audit.event")) {
                try (var row = statement.executeQuery("select count(*) from " + table)) {
                    row.next();
                    counts.add(row.getLong(1));
                }
            }
        }
        return counts;
    }
}
