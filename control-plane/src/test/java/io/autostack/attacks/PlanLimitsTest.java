package io.autostack.attacks;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// There is no way to have more than the plan allows: not at once, not in between, not later.
@QuarkusTest
class PlanLimitsTest {

    private static final int AT_ONCE = 6;

    @Test
    void deployments_that_are_approved_at_the_same_moment_share_the_last_place() throws Exception {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var plans = IntStream.range(0, AT_ONCE)
                .mapToObj(number -> Deploying.plan(Callers.alice(), slug, "Shop " + (char) ('a' + number)))
                .toList();
        var barrier = new CyclicBarrier(AT_ONCE);

        var answers = together(plans.stream()
                .<Callable<Response>>map(plan -> () -> {
                    barrier.await();
                    return Deploying.approve(Callers.alice(), slug, plan);
                })
                .toList());

        assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(202);
        assertThat(answers).extracting(Response::statusCode).containsOnly(202, 409);
        apps(slug, 1);
        Onboarding.quiet();
    }

    @Test
    void an_app_that_is_asked_for_while_the_tenant_moves_down_has_to_fit_there() throws SQLException {
        var slug = withOneApp("professional");
        var second = Deploying.plan(Callers.alice(), slug, "Two");
        var name = TenantDatabase.name(slug);
        String operation;
        try (var holding = Server.asSuperuser("postgres")) {
            holding.setAutoCommit(false);
            TenantDatabase.execute(holding, "alter database " + name + " connection limit 20");
            operation = moved(slug, "starter");

            problem(Deploying.approve(Callers.alice(), slug, second), 409, "limit-reached")
                    .body("detail", containsString("A change to Starter is under way. Starter allows 1 app; 1 in use"));
            Callers.alice()
                    .contentType("application/json")
                    .body(Map.of("meter", "apps", "quantity", 1))
                    .post("/api/v1/tenants/" + slug + "/limits/check")
                    .then()
                    .body("allowed", is(false));
            holding.rollback();
        }
        Onboarding.finished(operation, "done");

        plan(slug, "starter");
        problem(Deploying.approve(Callers.alice(), slug, second), 409, "limit-reached");
        apps(slug, 1);
    }

    @Test
    void a_change_of_plan_that_is_retried_later_looks_again_at_what_is_used() throws SQLException {
        var slug = withOneApp("professional");
        var name = TenantDatabase.name(slug);
        Server.execute("postgres", "alter database " + name + " rename to away_" + slug);
        var operation = moved(slug, "starter");
        Onboarding.finished(operation, "failed");
        Server.execute("postgres", "alter database away_" + slug + " rename to " + name);
        deployed(slug, "Two");

        retry(operation);

        Onboarding.finished(operation, "failed")
                .then()
                .body("message", containsString("Starter allows 1 app; 2 in use. Reduce by 1 app first."));
        plan(slug, "professional");
        assertThat(connections(name)).isEqualTo("20");
        apps(slug, 2);
    }

    @Test
    void a_change_of_plan_that_another_one_has_overtaken_changes_nothing() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        var name = TenantDatabase.name(slug);
        Server.execute("postgres", "alter database " + name + " rename to away_" + slug);
        var overtaken = moved(slug, "starter");
        Onboarding.finished(overtaken, "failed");
        Server.execute("postgres", "alter database away_" + slug + " rename to " + name);
        Onboarding.finished(moved(slug, "business"), "done");
        var size = connections(name);

        retry(overtaken);
        Onboarding.finished(overtaken, "failed")
                .then()
                .body("message", containsString("is on Business (version 1) by now"));
        assertThat(connections(name)).isEqualTo(size);
        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/operations/" + overtaken + "/release")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id"),
                "done");

        plan(slug, "business");
        assertThat(connections(name)).isEqualTo(size);
    }

    @Test
    void a_tenant_cannot_move_down_while_a_second_app_is_being_built() throws SQLException {
        var slug = withOneApp("professional");
        var second = Deploying.plan(Callers.alice(), slug, "Two");
        try (var holding = Server.asSuperuser("autostack")) {
            holding.setAutoCommit(false);
            TenantDatabase.execute(holding, "lock table provisioning.secret in exclusive mode");
            Deploying.approve(Callers.alice(), slug, second).then().statusCode(202);

            problem(move(slug, "starter"), 409, "limit-reached")
                    .body("detail", containsString("Starter allows 1 app; 2 in use"));
            holding.rollback();
        }
        Onboarding.quiet();
        plan(slug, "professional");
    }

    @Test
    void a_change_of_plan_whose_end_could_not_be_written_down_looks_again_too() throws SQLException {
        var slug = withOneApp("professional");
        var operation = moved(slug, "starter");
        Onboarding.finished(operation, "done");
        // As if it had ended before its owner could take note.
        Server.execute("autostack", "delete from billing.proration_event where operation_id = '" + operation + "'");
        Server.execute(
                "autostack",
                "update tenancy.tenant set plan = 'professional', plan_version = 1 where slug = '" + slug + "'");
        Server.execute(
                "autostack", "update provisioning.operation set state = 'failed' where id = '" + operation + "'");
        deployed(slug, "Two");

        retry(operation);

        Onboarding.finished(operation, "failed")
                .then()
                .body("message", containsString("Starter allows 1 app; 2 in use. Reduce by 1 app first."));
        plan(slug, "professional");
        apps(slug, 2);
    }

    @Test
    void nobody_gains_a_place_by_being_suspended_and_resumed() throws SQLException {
        var slug = withOneApp("starter");
        var second = Deploying.plan(Callers.alice(), slug, "Two");
        Ending.done(Callers.operator().post("/api/v1/tenants/" + slug + "/suspend"));
        problem(Deploying.approve(Callers.alice(), slug, second), 409, "conflict");
        problem(move(slug, "professional"), 409, "conflict");

        Ending.done(Callers.operator().post("/api/v1/tenants/" + slug + "/resume"));

        problem(Deploying.approve(Callers.alice(), slug, second), 409, "limit-reached");
        apps(slug, 1);
        assertThat(connections(TenantDatabase.name(slug))).isEqualTo("10");
    }

    @Test
    void nobody_gains_a_place_or_a_size_by_being_closed_and_reopened() throws SQLException {
        var slug = withOneApp("professional");
        var name = TenantDatabase.name(slug);
        Server.execute("postgres", "alter database " + name + " rename to away_" + slug);
        var waiting = moved(slug, "starter");
        Onboarding.finished(waiting, "failed");
        Server.execute("postgres", "alter database away_" + slug + " rename to " + name);
        deployed(slug, "Two");
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        problem(operationRetry(waiting), 409, "conflict");

        Ending.done(Ending.reopen(Callers.alice(), slug));

        apps(slug, 2);
        assertThat(connections(name)).isEqualTo("20");
        retry(waiting);
        Onboarding.finished(waiting, "failed").then().body("message", containsString("Starter allows 1 app; 2 in use"));
        plan(slug, "professional");
        problem(move(slug, "starter"), 409, "limit-reached");
    }

    private static String withOneApp(String plan) {
        var slug = Onboarding.activeTenant(plan, "alice@example.com");
        deployed(slug, "One");
        return slug;
    }

    private static void deployed(String slug, String name) {
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, name);
    }

    private static void retry(String operation) {
        operationRetry(operation).then().statusCode(202);
    }

    private static Response operationRetry(String operation) {
        return Callers.operator().post("/api/v1/operations/" + operation + "/retry");
    }

    private static void apps(String slug, int number) {
        Callers.alice().get("/api/v1/tenants/" + slug + "/deployments").then().body("deployments", hasSize(number));
    }

    private static void plan(String slug, String plan) {
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("plan", is(plan));
    }

    private static String moved(String slug, String plan) {
        return move(slug, plan).then().statusCode(202).extract().path("operation");
    }

    private static Response move(String slug, String plan) {
        return Callers.alice()
                .contentType("application/json")
                .body(Map.of("plan", plan))
                .put("/api/v1/tenants/" + slug + "/plan");
    }

    private static String connections(String database) throws SQLException {
        return Server.texts("postgres", "select rolconnlimit::text from pg_roles where rolname = '" + database + "'")
                .getFirst();
    }

    private static List<Response> together(List<Callable<Response>> calls)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(calls.size())) {
            var answers = new ArrayList<Response>();
            for (Future<Response> answer : pool.invokeAll(calls)) answers.add(answer.get());
            return answers;
        }
    }
}
