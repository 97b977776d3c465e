package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A tenant that needs more moves up; one that uses too much is told what to reduce before it can move down.
@QuarkusTest
class PlanChangeStory {

    @Test
    void a_tenant_moves_up_and_its_limits_and_its_database_grow_with_the_plan() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        assertThat(connections(slug)).isEqualTo(10);

        Onboarding.finished(
                move(slug, "professional").then().statusCode(202).extract().path("operation"), "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("plan", is("professional"));
        assertThat(connections(slug)).isEqualTo(20);
        Callers.alice()
                .contentType("application/json")
                .body(Map.of("meter", "apps", "quantity", 5))
                .post("/api/v1/tenants/" + slug + "/limits/check")
                .then()
                .body("allowed", is(true));
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItem("tenant.plan-changed"));
    }

    @Test
    void a_move_down_is_refused_with_what_has_to_be_reduced_and_nothing_changes() {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        for (var name : new String[] {"One", "Two"})
            Onboarding.finished(
                    Deploying.approve(Callers.alice(), slug, Deploying.plan(Callers.alice(), slug, name))
                            .then()
                            .statusCode(202)
                            .extract()
                            .path("operation"),
                    "done");

        move(slug, "starter")
                .then()
                .statusCode(409)
                .body("type", containsString("limit-reached"))
                .body("detail", containsString("Starter allows 1 app; 2 in use"))
                .body("reduce[0].meter", is("apps"), "reduce[0].by", is(1));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("plan", is("professional"));
    }

    @Test
    void a_plan_that_is_not_there_or_is_the_present_one_changes_nothing() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");

        move(slug, "platinum").then().statusCode(422).body("errors[0].field", is("plan"));
        move(slug, "starter").then().statusCode(409).body("detail", containsString("on this plan already"));
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("plan", is("starter"));
    }

    private static Response move(String slug, String plan) {
        return Callers.alice()
                .contentType("application/json")
                .body(Map.of("plan", plan))
                .put("/api/v1/tenants/" + slug + "/plan");
    }

    private static int connections(String slug) throws SQLException {
        try (var server = Server.asSuperuser("postgres");
                var select = server.prepareStatement("select datconnlimit from pg_database where datname = ?")) {
            select.setString(1, "tenant_" + slug);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
