package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/// Tenants for tests, onboarded the way an operator does it.
public final class Onboarding {

    private Onboarding() {}

    /// A slug nobody else uses.
    public static String freshSlug() {
        return "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    public static Response ask(String slug, String plan, String adminEmail) {
        return Callers.operator()
                .contentType("application/json")
                .body(Map.of("name", "Tenant " + slug, "slug", slug, "plan", plan, "adminEmail", adminEmail))
                .post("/api/v1/tenants");
    }

    /// @param database `shared` or `dedicated`
    public static Response ask(String slug, String plan, String adminEmail, String database) {
        return Callers.operator()
                .contentType("application/json")
                .body(Map.of(
                        "name", "Tenant " + slug,
                        "slug", slug,
                        "plan", plan,
                        "database", database,
                        "adminEmail", adminEmail))
                .post("/api/v1/tenants");
    }

    /// The operation that an answer names.
    public static String accepted(Response accepted) {
        accepted.then().statusCode(202);
        return JsonAnswer.of(accepted).text("operation");
    }

    /// An active tenant; waits for its operation.
    public static String activeTenant(String plan, String adminEmail) {
        var slug = freshSlug();
        finished(accepted(ask(slug, plan, adminEmail)), "done");
        return slug;
    }

    /// Waits until nothing is being built any more, so that what a test sees is its own doing.
    public static void quiet() {
        until("every operation ends", "select 1 from provisioning.operation where state in ('waiting', 'running')");
    }

    /// Waits until an operation ends, and says how it must have ended.
    public static Response finished(String operation, String state) {
        until(
                "operation " + operation + " ends",
                "select 1 from provisioning.operation where id = ?::uuid and state in ('waiting', 'running')",
                operation);
        var answer = Callers.operator().get("/api/v1/operations/" + operation);
        answer.then().statusCode(200);
        assertThat(JsonAnswer.of(answer).text("state")).as(answer.asString()).isEqualTo(state);
        return answer;
    }

    /// What is asked of the database costs so little that it can be asked often.
    private static void until(String what, String noneOf, String... parameters) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Server.texts("autostack", noneOf, parameters).isEmpty());
    }
}
