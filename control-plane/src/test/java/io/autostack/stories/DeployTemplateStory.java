package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A tenant's administrator picks a template, looks at the plan, approves it, and has an application.
@QuarkusTest
class DeployTemplateStory {

    @Test
    void a_template_on_offer_becomes_a_priced_plan_and_then_an_app_with_a_real_database() throws Exception {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Callers.alice()
                .get("/api/v1/templates")
                .then()
                .statusCode(200)
                .body("templates.id", hasItem(Deploying.TEMPLATE));

        var plan = Deploying.askForPlan(
                Callers.alice(),
                slug,
                Map.of(
                        "template",
                        Deploying.TEMPLATE,
                        "name",
                        "Web shop",
                        "parameters",
                        Map.of("title", "The shop", "replicas", 2)));
        plan.then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("app", is("web-shop"), "expiresAt", notNullValue(), "permissions", notNullValue())
                .body("components.kind", hasItem("Database"))
                .body("limits[0].meter", is("apps"), "limits[0].allowed", is(true), "limits[0].limit", is(1));
        var cost = plan.jsonPath();
        var low = new BigDecimal(cost.getString("monthlyCost.low"));
        var high = new BigDecimal(cost.getString("monthlyCost.high"));
        assertThat(low).isPositive().isLessThan(high);
        assertThat(cost.getList("monthlyCost.rows.low", String.class).stream()
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("the rows add up to the total")
                .isEqualByComparingTo(low);

        var accepted = Deploying.approve(Callers.alice(), slug, plan.path("id"));
        accepted.then().statusCode(202).header("Location", notNullValue()).body("status", is("deploying"));
        var operation = Onboarding.finished(accepted.path("operation"), "done");

        assertThat(operation.jsonPath().getList("steps.name", String.class))
                .containsExactly("secret:database-credentials", "database:database", "container:web");
        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/deployments/" + accepted.path("id"))
                .then()
                .statusCode(200)
                .body("status", is("running"), "simulated", is(true), "app", is("web-shop"));
        var database =
                operation.jsonPath().getString("steps.find { it.name == 'database:database' }.evidence.database");
        try (var connection = Server.as(secret(slug, "web-shop"), database);
                var statement = connection.createStatement()) {
            statement.execute("create table orders (id bigint)");
        }
    }

    @Test
    void a_second_app_on_starter_is_refused_with_the_limit_the_use_and_the_way_out_and_builds_nothing()
            throws Exception {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "First");
        var second = Deploying.plan(Callers.alice(), slug, "Second");

        Problems.problem(Deploying.approve(Callers.alice(), slug, second), 409, "limit-reached")
                .body(
                        "meter",
                        is("apps"),
                        "limit",
                        is(1),
                        "used",
                        is(1),
                        "remaining",
                        is(0),
                        "plan",
                        is("professional"))
                .body("detail", containsString("Professional allows 5 apps"));

        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/deployments")
                .then()
                .body("deployments", hasSize(1), "deployments[0].app", equalTo("first"));
        assertThat(databasesLike(TenantDatabase.name(slug) + "%"))
                .containsExactlyInAnyOrder(TenantDatabase.name(slug), TenantDatabase.ofApp(slug));
    }

    /// Here no engine is asked, so nothing runs that could have written anything.
    @Test
    void the_log_of_a_container_is_refused_with_the_reason() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String deployment = Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Quiet")
                .path("id");
        var containers = "/api/v1/tenants/" + slug + "/deployments/" + deployment + "/containers/";

        Problems.notFound(Callers.alice().get(containers + "web/log"))
                .body("detail", containsString("it is simulated"));
        Problems.notFound(Callers.alice().get(containers + "database/log"))
                .body("detail", containsString("no such container"));
        for (var wrong : List.of("0", "1001", "-1", "many"))
            Problems.field(Callers.alice().get(containers + "web/log?lines=" + wrong), "lines");
    }

    @Test
    void approving_a_plan_twice_deploys_it_once() throws Exception {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        var plan = Deploying.plan(Callers.alice(), slug, "Once");

        var first = Deploying.approve(Callers.alice(), slug, plan)
                .then()
                .statusCode(202)
                .extract();
        var again = Deploying.approve(Callers.alice(), slug, plan)
                .then()
                .statusCode(202)
                .extract();

        assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
        Onboarding.finished(first.path("operation"), "done");
        Callers.alice().get("/api/v1/tenants/" + slug + "/deployments").then().body("deployments", hasSize(1));
    }

    private static Map<String, String> secret(String slug, String app) {
        return Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/apps/" + app + "/database-credentials")
                .then()
                .statusCode(200)
                .extract()
                .path("value");
    }

    private static List<String> databasesLike(String pattern) throws Exception {
        try (var admin = Server.asSuperuser("postgres");
                var select = admin.prepareStatement("select datname from pg_database where datname like ?")) {
            select.setString(1, pattern.replace("_", "\\_"));
            try (var rows = select.executeQuery()) {
                var found = new java.util.ArrayList<String>();
                while (rows.next()) found.add(rows.getString(1));
                return found;
            }
        }
    }
}
