package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// The platform says that it is full before it begins anything, with the numbers.
@QuarkusTest
class CapacityStory {

    private static final String MAX = "autostack.cloud.local.databases";

    @Test
    void a_full_platform_refuses_a_tenant_with_the_numbers_and_has_begun_nothing() {
        Onboarding.activeTenant("starter", "alice@example.com");
        var slug = Onboarding.freshSlug();
        System.setProperty(MAX, "1");
        try {
            Problems.problem(Onboarding.ask(slug, "starter", "alice@example.com"), 409, "no-room")
                    .body("detail", containsString("of 1 databases used, 0 free, 1 wanted"))
                    .body("rooms[0].name", is("databases"), "rooms[0].limit", is(1), "rooms[0].free", is(0));
            Callers.operator().get("/api/v1/capacity").then().body("fits", is(false));
            Callers.operator()
                    .accept("text/html")
                    .get("/tenants/new")
                    .then()
                    .statusCode(200)
                    .body(containsString("There is no room for one more tenant"));
            Callers.operator()
                    .accept("text/html")
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("name", "Full")
                    .formParam("slug", slug)
                    .formParam("plan", "starter")
                    .formParam("adminEmail", "alice@example.com")
                    .post("/tenants")
                    .then()
                    .statusCode(409)
                    .body(containsString("There is no room for one more tenant"));
        } finally {
            System.clearProperty(MAX);
        }
        Callers.operator().get("/api/v1/tenants/" + slug).then().statusCode(404);

        Onboarding.ask(slug, "starter", "alice@example.com").then().statusCode(202);
    }

    @Test
    void an_operator_sees_what_runs_out_here_and_what_would_on_aws() {
        var capacity = Callers.operator().get("/api/v1/capacity");

        capacity.then()
                .statusCode(200)
                .body("fits", is(true))
                .body("rooms.name", hasItems("databases", "disk", "connections"))
                .body("rooms.find { it.name == 'disk' }.wanted", greaterThan(1_000_000))
                .body("onAws.find { it.title == 'DB instances' }.limit", is(40))
                .body("onAws.find { it.title == 'DB instances' }.tenantsAtMost", is(40));
        assertThat(capacity.jsonPath().getLong("rooms.find { it.name == 'disk' }.free"))
                .isPositive();
        Callers.operator()
                .accept("text/html")
                .get("/upkeep")
                .then()
                .statusCode(200)
                .body(containsString("If this ran on AWS"))
                .body(containsString("40 per region"));
    }
}
