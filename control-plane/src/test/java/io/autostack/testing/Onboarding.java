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
        return accepted.then().statusCode(202).extract().path("operation");
    }

    /// An active tenant; waits for its operation.
    public static String activeTenant(String plan, String adminEmail) {
        var slug = freshSlug();
        finished(accepted(ask(slug, plan, adminEmail)), "done");
        return slug;
    }

    /// Waits until nothing is being built any more, so that what a test sees is its own doing.
    public static void quiet() {
        Awaitility.await("every operation ends").atMost(Duration.ofMinutes(1)).until(() -> {
            try (var admin = Server.asSuperuser("autostack");
                    var select = admin.createStatement();
                    var row = select.executeQuery(
                            "select count(*) from provisioning.operation where state in ('waiting', 'running')")) {
                row.next();
                return row.getLong(1) == 0;
            }
        });
    }

    /// Waits until an operation ends, and says how it must have ended.
    public static Response finished(String operation, String state) {
        var answer = new Response[1];
        Awaitility.await("operation " + operation + " ends")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    answer[0] = Callers.operator().get("/api/v1/operations/" + operation);
                    String now = answer[0].then().statusCode(200).extract().path("state");
                    return now.equals("done") || now.equals("failed");
                });
        assertThat(answer[0].jsonPath().getString("state"))
                .as(answer[0].asString())
                .isEqualTo(state);
        return answer[0];
    }
}
