package io.autostack.stories;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The tenants' application reports what they use, and the tenant sees it against the plan.
@QuarkusTest
class UsageStory {

    private final String source = "story-" + UUID.randomUUID();

    @Test
    void usage_arrives_in_all_three_forms_and_is_counted_once() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");

        report("application/cloudevents+json", event(slug, "one", "api-requests", 3))
                .then()
                .statusCode(202)
                .body("results.status", contains("accepted"));
        report(
                        "application/cloudevents-batch+json",
                        List.of(
                                event(slug, "one", "api-requests", 3),
                                event(slug, "two", "api-requests", 4),
                                event(slug, "three", "unheard-of", 1)))
                .then()
                .statusCode(202)
                .body("results.status", contains("duplicate", "accepted", "rejected"))
                .body("results.id", contains("one", "two", "three"))
                .body("results[2].reason", containsString("unheard-of"));
        Callers.application()
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-type", "io.autostack.usage.recorded.v1")
                .header("ce-source", source)
                .header("ce-id", "four")
                .header("ce-subject", slug)
                .body("{\"meter\": \"api-requests\", \"quantity\": 0.5}")
                .post("/api/v1/usage-events")
                .then()
                .statusCode(202)
                .body("results.status", contains("accepted"));

        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/usage")
                .then()
                .statusCode(200)
                .body("plan", is("starter"))
                .body("meters.find { it.meter == 'api-requests' }.used", is(7.5f))
                .body("meters.find { it.meter == 'api-requests' }.limit", nullValue())
                .body("meters.find { it.meter == 'apps' }.limit", is(1))
                .body("meters.find { it.meter == 'apps' }.used", is(0))
                .body("meters.find { it.meter == 'users' }.used", is(1))
                .body("meters.find { it.meter == 'users' }.remaining", is(99));
        // Figures in a table, for whoever sees no chart.
        Callers.alice()
                .accept("text/html")
                .get("/tenants/" + slug + "/usage")
                .then()
                .statusCode(200)
                .body(
                        containsString("API requests per day in figures"),
                        containsString("<td class=\"right\">7.5</td>"));
    }

    @Test
    void a_check_says_whether_one_more_fits_and_reserves_nothing() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");

        check(slug, "apps", 1).then().statusCode(200).body("allowed", is(true), "remaining", is(1));
        check(slug, "apps", 2)
                .then()
                .statusCode(200)
                .body("allowed", is(false), "used", is(0), "limit", is(1))
                .body("reason", containsString("Professional allows 5 apps"));
        check(slug, "api-requests", 1_000_000)
                .then()
                .body("allowed", is(true), "limit", nullValue(), "reason", nullValue());
        check(slug, "apps", 1).then().body("allowed", is(true));
    }

    @Test
    void usage_of_tenants_that_are_not_the_callers_is_rejected_like_usage_of_none() {
        var slug = Onboarding.activeTenant("starter", "sales@example.com");

        var theirs = Callers.alice()
                .contentType("application/cloudevents-batch+json")
                .body(List.of(event(slug, "a", "api-requests", 1), event("no-such-tenant", "b", "api-requests", 1)))
                .post("/api/v1/usage-events");

        theirs.then()
                .statusCode(202)
                .body("results.status", contains("rejected", "rejected"))
                .body("results[0].reason", is("there is no tenant “" + slug + "” that you can report usage for"))
                .body("results[1].reason", is("there is no tenant “no-such-tenant” that you can report usage for"));
    }

    private Map<String, Object> event(String tenant, String id, String meter, int quantity) {
        return Map.of(
                "specversion",
                "1.0",
                "type",
                "io.autostack.usage.recorded.v1",
                "source",
                source,
                "id",
                id,
                "subject",
                tenant,
                "data",
                Map.of("meter", meter, "quantity", quantity));
    }

    private static Response report(String type, Object body) {
        return Callers.application().contentType(type).body(body).post("/api/v1/usage-events");
    }

    private static Response check(String slug, String meter, int quantity) {
        return Callers.alice()
                .contentType("application/json")
                .body(Map.of("meter", meter, "quantity", quantity))
                .post("/api/v1/tenants/" + slug + "/limits/check");
    }
}
