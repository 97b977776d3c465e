package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Scopes;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A tenant that needs more moves up; one that uses too much is told what to reduce before it can move down.
@QuarkusTest
class PlanChangeStory {

    private final Operations operations;
    private final Instance<CompletionHandler<?>> handlers;
    private final Scopes scopes;

    @Inject
    PlanChangeStory(Operations operations, @Any Instance<CompletionHandler<?>> handlers, Scopes scopes) {
        this.operations = operations;
        this.handlers = handlers;
        this.scopes = scopes;
    }

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
    void a_change_leaves_what_the_rest_of_the_month_was_worth_at_both_prices() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        assertThat(changes(slug)).isEmpty();

        String operation = moved(slug, "professional");

        var change = Callers.alice()
                .get("/api/v1/tenants/" + slug + "/plan-changes")
                .then()
                .statusCode(200)
                .body("changes.size()", is(1))
                .body("changes[0].operation", is(operation))
                .body("changes[0].from.plan", is("starter"), "changes[0].from.version", is(1))
                .body("changes[0].to.plan", is("professional"), "changes[0].rounding", is("half-up"))
                .body("changes[0].credit.currency", is("USD"), "changes[0].formula", containsString("0029"))
                .extract()
                .jsonPath();
        var left = new BigDecimal(change.getString("changes[0].left.microseconds"));
        var whole = new BigDecimal(change.getString("changes[0].left.of"));
        var at = Instant.parse(change.getString("changes[0].at"));
        var month = YearMonth.from(at.atOffset(ZoneOffset.UTC));
        var end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(change.getString("changes[0].period")).isEqualTo(month.toString());
        assertThat(left.longValueExact()).isEqualTo(ChronoUnit.MICROS.between(at, end));
        assertThat(whole.longValueExact()).isEqualTo(month.lengthOfMonth() * 86_400_000_000L);
        assertThat(new BigDecimal(change.getString("changes[0].credit.amount")))
                .isEqualByComparingTo(new BigDecimal("99").multiply(left).divide(whole, 2, RoundingMode.HALF_UP));
        assertThat(new BigDecimal(change.getString("changes[0].charge.amount")))
                .isEqualByComparingTo(new BigDecimal("299").multiply(left).divide(whole, 2, RoundingMode.HALF_UP));
        var finished = Instant.parse(
                Callers.alice().get("/api/v1/operations/" + operation).path("finishedAt"));
        assertThat(at.truncatedTo(ChronoUnit.MILLIS)).isEqualTo(finished.truncatedTo(ChronoUnit.MILLIS));
        assertThat(Callers.alice()
                        .accept("text/html")
                        .get("/tenants/" + slug + "/plan")
                        .asString())
                .contains("Changes so far", "/operations/" + operation);
    }

    @Test
    void changes_are_listed_newest_first_and_settling_one_again_changes_nothing() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String up = moved(slug, "professional");
        String down = moved(slug, "starter");

        QuarkusTransaction.requiringNew()
                .run(() -> scopes.inPlatform(() -> {
                    var completed = operations.find(UUID.fromString(up)).orElseThrow();
                    for (var handler : handlers) tell(handler, completed);
                    return completed;
                }));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("plan", is("starter"));
        assertThat(changes(slug)).containsExactly(down, up);
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

    private static String moved(String slug, String plan) {
        String operation = move(slug, plan).then().statusCode(202).extract().path("operation");
        Onboarding.finished(operation, "done");
        return operation;
    }

    /// By their operations.
    private static List<String> changes(String slug) {
        return Callers.alice()
                .get("/api/v1/tenants/" + slug + "/plan-changes")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("changes.operation");
    }

    private static Response move(String slug, String plan) {
        return Callers.alice()
                .contentType("application/json")
                .body(Map.of("plan", plan))
                .put("/api/v1/tenants/" + slug + "/plan");
    }

    private static int connections(String slug) throws SQLException {
        try (var server = Server.asSuperuser("postgres");
                var select = server.prepareStatement("select rolconnlimit from pg_roles where rolname = ?")) {
            select.setString(1, TenantDatabase.name(slug));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static <R extends OperationRequest> void tell(CompletionHandler<R> handler, Operation completed) {
        for (var request : handler.requests())
            completed.find(request).ifPresent(asked -> handler.completed(completed, asked));
    }
}
