package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.notFound;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Plans that cannot be approved, and why; nothing is built for them.
@QuarkusTest
class RefusedDeploymentTest {

    private final String tenant = Onboarding.freshSlug();

    @Test
    void a_plan_that_has_expired() throws SQLException {
        onboarded("professional");
        var plan = Deploying.plan(Callers.alice(), tenant, "Shop");
        change("update marketplace.deployment_plan set expires_at = now() - interval '1 second' where id = '" + plan
                + "'");

        problem(approve(plan), 409, "plan-expired");

        assertNothingDeployed();
    }

    @Test
    void a_plan_of_another_tenant() {
        onboarded("professional");
        var other = Onboarding.activeTenant("professional", "alice@example.com");
        var plan = Deploying.plan(Callers.alice(), other, "Shop");

        notFound(approve(plan));
        notFound(Callers.alice().get("/api/v1/tenants/" + tenant + "/deployment-plans/" + plan));

        assertNothingDeployed();
    }

    @Test
    void a_tenant_that_is_not_active() throws SQLException {
        onboarded("professional");
        var plan = Deploying.plan(Callers.alice(), tenant, "Shop");
        for (var status : List.of("provisioning", "failed", "suspended", "closing", "closed")) {
            change("update tenancy.tenant set status = '" + status + "' where slug = '" + tenant + "'");

            problem(approve(plan), 409, "conflict").body("detail", containsString(status));
            problem(
                            Deploying.askForPlan(
                                    Callers.alice(), tenant, Map.of("template", Deploying.TEMPLATE, "name", "Blog")),
                            409,
                            "conflict")
                    .body("detail", containsString(status));
        }
        assertNothingDeployed();
    }

    @Test
    void an_app_whose_name_is_taken() {
        onboarded("professional");
        var late = Deploying.plan(Callers.alice(), tenant, "Shop");
        Deploying.deployed(Callers.alice(), Callers.alice(), tenant, "shop!");

        problem(approve(late), 409, "conflict").body("detail", containsString("“shop”"));
        field(
                Deploying.askForPlan(Callers.alice(), tenant, Map.of("template", Deploying.TEMPLATE, "name", "SHOP")),
                "name");

        Callers.alice().get("/api/v1/tenants/" + tenant + "/deployments").then().body("deployments", hasSize(1));
    }

    @Test
    void the_last_free_place_goes_to_one_of_those_who_ask_at_once() throws Exception {
        onboarded("starter");
        var plans = new ArrayList<String>();
        for (var name : List.of("One", "Two", "Three", "Four"))
            plans.add(Deploying.plan(Callers.alice(), tenant, name));

        var answers = atOnce(plans.stream()
                .<Callable<Response>>map(plan -> () -> approve(plan))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(1);
        answers.stream()
                .filter(answer -> answer.statusCode() != 202)
                .forEach(answer -> problem(answer, 409, "limit-reached"));
    }

    @Test
    void a_slug_goes_to_one_of_those_who_ask_at_once() throws Exception {
        var calls = new ArrayList<Callable<Response>>();
        for (int i = 0; i < 6; i++) calls.add(() -> Onboarding.ask(tenant, "starter", "alice@example.com"));

        var answers = atOnce(calls);

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(1);
        answers.stream().filter(answer -> answer.statusCode() != 202).forEach(answer -> field(answer, "slug"));
    }

    private static List<Response> atOnce(List<Callable<Response>> calls) throws Exception {
        Callers.alice();
        Callers.operator();
        var together = new CyclicBarrier(calls.size());
        try (var pool = Executors.newFixedThreadPool(calls.size())) {
            var futures = pool.invokeAll(calls.stream()
                    .<Callable<Response>>map(call -> () -> {
                        together.await();
                        return call.call();
                    })
                    .toList());
            var answers = new ArrayList<Response>();
            for (var future : futures) answers.add(future.get());
            return answers;
        }
    }

    private void onboarded(String plan) {
        var operation = Onboarding.accepted(Onboarding.ask(tenant, plan, "alice@example.com"));
        Onboarding.finished(operation, "done");
    }

    private Response approve(String plan) {
        return Deploying.approve(Callers.alice(), tenant, plan);
    }

    private void assertNothingDeployed() {
        Callers.alice()
                .get("/api/v1/tenants/" + tenant + "/deployments")
                .then()
                .statusCode(200)
                .body("deployments", hasSize(0));
    }

    private static void change(String sql) throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var statement = admin.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
