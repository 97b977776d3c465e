package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// Every change leaves a line that says who made it.
@QuarkusTest
class AuditTest {

    @Test
    void onboarding_and_deploying_are_told_from_the_request_to_the_end() {
        var tenant = Onboarding.activeTenant("professional", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), tenant, "Shop");

        assertThat(history("tenant=" + tenant))
                .extracting(event -> event.get("action"), event -> event.get("actor"), event -> event.get("actorKind"))
                .contains(
                        Tuple.tuple("tenant.onboarding-requested", "operator", "user"),
                        Tuple.tuple("tenant.activated", "autostack", "system"),
                        Tuple.tuple("deployment.approved", "alice", "user"),
                        Tuple.tuple("deployment.running", "autostack", "system"))
                .hasSize(4);
        assertThat(history("tenant=" + tenant))
                .allSatisfy(event -> assertThat(event.get("tenant")).isEqualTo(tenant));
    }

    @Test
    void a_token_is_told_of_when_it_is_made_and_when_it_is_revoked() {
        var token = Tokens.create("author", null);
        Callers.operator().delete("/api/v1/tokens/" + token.id()).then().statusCode(204);

        assertThat(history("object=" + token.id()))
                .extracting(event -> event.get("action"), event -> event.get("actor"))
                .containsExactly(Tuple.tuple("token.revoked", "operator"), Tuple.tuple("token.created", "operator"));
        assertThat(history("object=" + token.id()).toString()).doesNotContain(token.secret());
    }

    @Test
    void a_script_is_named_by_its_token() {
        var tenant = Onboarding.activeTenant("professional", "alice@example.com");
        var token = Tokens.create("operator", tenant);

        Deploying.deployed(Callers.bearer(token.secret()), Callers.bearer(token.secret()), tenant, "Shop");

        assertThat(history("tenant=" + tenant))
                .filteredOn(event -> "deployment.approved".equals(event.get("action")))
                .singleElement()
                .satisfies(event -> assertThat(event.get("actorKind")).isEqualTo("token"));
    }

    @Test
    void what_is_refused_leaves_no_line() {
        var slug = Onboarding.freshSlug();
        Onboarding.ask(slug, "no-such-plan", "alice@example.com").then().statusCode(422);

        assertThat(history("from=2026-01-01").toString()).doesNotContain(slug);
    }

    @Test
    void history_can_be_narrowed_to_an_actor_and_a_time() {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");

        assertThat(history("tenant=" + tenant + "&actor=operator"))
                .extracting(event -> event.get("action"))
                .containsExactly("tenant.onboarding-requested");
        assertThat(history("tenant=" + tenant + "&to=2026-01-01")).isEmpty();
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + tenant + "&from=2026-01-01")
                .then()
                .body("events.size()", is(2));
    }

    private static List<Map<String, Object>> history(String filter) {
        return Callers.operator()
                .get("/api/v1/audit-events?page_size=500&" + filter)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("events");
    }
}
