package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// A call that carries an `Idempotency-Key` may be repeated until its answer arrives.
@QuarkusTest
class IdempotencyTest {

    private final String key = UUID.randomUUID().toString();
    private final String slug = Onboarding.freshSlug();

    @Test
    void the_same_key_and_body_get_the_stored_answer_and_one_effect() throws SQLException {
        var first = onboard(Callers.operator(), slug);
        var again = onboard(Callers.operator(), slug);

        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        again.then().statusCode(202).header("Idempotent-Replayed", "true").header("Location", first.header("Location"));
        assertThat(again.jsonPath().getMap("$")).isEqualTo(first.jsonPath().getMap("$"));
        assertThat(onboardings(slug)).isEqualTo(1);
        Onboarding.finished(first.path("operation"), "done");
    }

    @Test
    void a_refusal_is_an_answer_too() {
        Problems.field(onboard(Callers.operator(), "Not A Slug"), "slug");
        Problems.field(onboard(Callers.operator(), "Not A Slug"), "slug").header("Idempotent-Replayed", "true");
    }

    @Test
    void the_same_key_with_another_body_is_refused_and_has_no_effect() throws SQLException {
        onboard(Callers.operator(), slug).then().statusCode(202);
        var other = Onboarding.freshSlug();

        Problems.problem(onboard(Callers.operator(), other), 422, "key-reused");

        assertThat(onboardings(other)).isZero();
    }

    @Test
    void the_same_key_at_another_address_is_refused() {
        onboard(Callers.operator(), slug).then().statusCode(202);

        Problems.problem(
                Callers.operator()
                        .header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(Map.of("name", "x", "role", "operator"))
                        .post("/api/v1/tokens"),
                422,
                "key-reused");
    }

    @Test
    void eight_at_once_have_one_effect_and_get_one_answer() throws Exception {
        var together = new CyclicBarrier(8);
        Callers.operator();
        List<Response> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            var calls = new ArrayList<Callable<Response>>();
            for (int i = 0; i < 8; i++)
                calls.add(() -> {
                    var request = Callers.operator();
                    together.await();
                    return onboard(request, slug);
                });
            for (var future : pool.invokeAll(calls)) answers.add(future.get());
        }

        var accepted =
                answers.stream().filter(answer -> answer.statusCode() == 202).toList();
        assertThat(accepted).isNotEmpty();
        assertThat(accepted.stream()
                        .map(answer -> answer.<String>path("operation"))
                        .distinct())
                .hasSize(1);
        answers.stream()
                .filter(answer -> answer.statusCode() != 202)
                .forEach(answer -> Problems.problem(answer, 409, "still-running"));
        assertThat(onboardings(slug)).isEqualTo(1);
        onboard(Callers.operator(), slug).then().statusCode(202).header("Idempotent-Replayed", "true");
    }

    @Test
    void another_callers_call_with_the_same_key_is_another_call() {
        var tenant = Onboarding.activeTenant("professional", "alice@example.com");
        var one = Tokens.create("operator", tenant);
        var other = Tokens.create("operator", tenant);

        var first = plan(Callers.bearer(one.secret()), tenant);
        var second = plan(Callers.bearer(other.secret()), tenant);
        var again = plan(Callers.bearer(one.secret()), tenant);

        assertThat(second.<String>path("id")).isNotEqualTo(first.path("id"));
        assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
    }

    @Test
    void tokens_of_the_same_name_are_different_callers() {
        var mine = Onboarding.activeTenant("starter", "alice@example.com");
        var theirs = Onboarding.activeTenant("starter", "sales@example.com");
        var name = "ci " + UUID.randomUUID();
        String one = Tokens.ask(name, "operator", mine).path("token");
        String other = Tokens.ask(name, "operator", theirs).path("token");

        var refused = plan(Callers.bearer(one), theirs);
        var planned = plan(Callers.bearer(other), theirs);

        Problems.notFound(refused);
        planned.then().statusCode(201).header("Idempotent-Replayed", nullValue());
        Problems.notFound(plan(Callers.bearer(one), theirs));
    }

    @Test
    void a_token_that_is_shown_once_does_not_lie_readable_among_the_stored_answers() throws SQLException {
        var wanted = Map.of("name", "sealed", "role", "author");
        var first = Callers.operator()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(wanted)
                .post("/api/v1/tokens");
        var again = Callers.operator()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(wanted)
                .post("/api/v1/tokens");

        String secret = first.then().statusCode(201).extract().path("token");
        again.then().statusCode(201).body("token", is(secret));
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.prepareStatement("select body from web.idempotent_call where key = ?")) {
            select.setString(1, key);
            try (var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
                        .doesNotContain("ask_");
            }
        }
    }

    @Test
    void m15_a_failure_of_ours_is_no_answer_so_the_same_key_runs_again() throws SQLException {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");
        var plan = Deploying.plan(Callers.alice(), tenant, "Unlucky");
        var kept = Server.texts("autostack", "select stack from marketplace.deployment_plan where id = '" + plan + "'");
        // A plan of ours that we cannot read.
        Server.execute("autostack", "update marketplace.deployment_plan set stack = '[]' where id = '" + plan + "'");
        for (int again = 0; again < 2; again++)
            Problems.problem(approve(tenant, plan), 500, "internal").header("Idempotent-Replayed", nullValue());
        Server.execute(
                "autostack",
                "update marketplace.deployment_plan set stack = $kept$%s$kept$ where id = '%s'"
                        .formatted(kept.getFirst(), plan));

        var done = approve(tenant, plan);
        done.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        approve(tenant, plan).then().statusCode(202).header("Idempotent-Replayed", "true");
        Onboarding.finished(done.path("operation"), "done");
    }

    @Test
    void m15_an_answer_is_kept_for_twenty_four_hours_and_not_for_longer() throws SQLException {
        var wanted = Map.of("name", "kept " + key, "role", "author");
        String first = token(wanted).then().statusCode(201).extract().path("id");

        begunBefore("23 hours 59 minutes");
        token(wanted)
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true")
                .body("id", is(first));

        begunBefore("24 hours 1 minute");
        token(wanted)
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", nullValue())
                .body("id", not(first));
        token(wanted)
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true")
                .body("id", not(first));
    }

    @Test
    void m15_a_key_is_free_for_another_request_after_twenty_four_hours() throws SQLException {
        token(Map.of("name", "one", "role", "author")).then().statusCode(201);

        begunBefore("23 hours 59 minutes");
        Problems.problem(token(Map.of("name", "other", "role", "author")), 422, "key-reused");

        begunBefore("24 hours 1 minute");
        token(Map.of("name", "other", "role", "author")).then().statusCode(201);
    }

    @Test
    void m15_a_call_without_an_answer_makes_way_after_two_minutes_for_the_same_request_only() throws SQLException {
        var wanted = Map.of("name", "died " + key, "role", "author");
        token(wanted).then().statusCode(201);
        begunBefore("1 minute 50 seconds");
        Server.execute(
                "autostack", "update web.idempotent_call set status = null, body = null where key = '" + key + "'");
        Problems.problem(token(wanted), 409, "still-running");

        begunBefore("2 minutes 1 second");
        Problems.problem(token(Map.of("name", "other", "role", "author")), 422, "key-reused");
        token(wanted).then().statusCode(201).header("Idempotent-Replayed", nullValue());
    }

    @Test
    void m15_a_key_may_have_two_hundred_characters() {
        var longest = "k".repeat(200 - key.length()) + key;
        var wanted = Map.of("name", "longest", "role", "author");

        token(longest, wanted).then().statusCode(201).header("Idempotent-Replayed", nullValue());
        token(longest, wanted).then().statusCode(201).header("Idempotent-Replayed", "true");
    }

    @Test
    void a_key_that_is_blank_or_endless_is_refused() {
        for (var bad : List.of(" ", "x".repeat(201)))
            Problems.field(
                    Callers.operator()
                            .header("Idempotency-Key", bad)
                            .contentType("application/json")
                            .body("{}")
                            .post("/api/v1/tenants"),
                    "Idempotency-Key");
    }

    private Response approve(String tenant, String plan) {
        return Deploying.approve(Callers.alice().header("Idempotency-Key", key), tenant, plan);
    }

    private Response token(Map<String, String> wanted) {
        return token(key, wanted);
    }

    private static Response token(String key, Map<String, String> wanted) {
        return Callers.operator()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(wanted)
                .post("/api/v1/tokens");
    }

    private void begunBefore(String interval) throws SQLException {
        Server.execute(
                "autostack",
                "update web.idempotent_call set started_at = now() - interval '" + interval + "' where key = '" + key
                        + "'");
    }

    private Response onboard(RequestSpecification caller, String wanted) {
        return caller.header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"name\": \"Keyed\", \"slug\": \"" + wanted
                        + "\", \"plan\": \"starter\", \"adminEmail\": \"alice@example.com\"}")
                .post("/api/v1/tenants");
    }

    private Response plan(RequestSpecification caller, String tenant) {
        return Deploying.askForPlan(
                caller.header("Idempotency-Key", key), tenant, Map.of("template", Deploying.TEMPLATE, "name", "Keyed"));
    }

    private static int onboardings(String slug) throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.prepareStatement("""
                    select (select count(*) from tenancy.tenant where slug = ?)
                         + (select count(*) from provisioning.operation where request -> 'subject' ->> 'slug' = ?)
                         + (select count(*) from audit.event
                             where action = 'tenant.onboarding-requested' and details ->> 'slug' = ?)
                    """)) {
            for (int i = 1; i <= 3; i++) select.setString(i, slug);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1) / 3;
            }
        }
    }
}
