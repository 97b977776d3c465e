package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// Rollouts for tests, made the way an operator does it.
public final class RollingOut {

    private RollingOut() {}

    public static Response ask(Map<String, String> wanted) {
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/rollouts");
    }

    public static String started(Map<String, String> wanted) {
        return ask(wanted).then().statusCode(202).extract().path("id");
    }

    public static Response steer(String rollout, String change) {
        return Callers.operator().post("/api/v1/rollouts/" + rollout + "/" + change);
    }

    public static Response get(String rollout) {
        return Callers.operator().get("/api/v1/rollouts/" + rollout);
    }

    /// Waits until the rollout is in this state and nothing of it is in flight.
    public static Response ended(String rollout, String state) {
        Awaitility.await("rollout " + rollout + " is " + state)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var now = JsonAnswer.of(get(rollout));
                    return (now.text("state").equals(state) || !atWork(now.text("state")))
                            && now.rows("waves").stream()
                                    .allMatch(wave -> Integer.valueOf(0).equals(wave.get("running")));
                });
        var answer = get(rollout);
        assertThat(JsonAnswer.of(answer).text("state")).as(answer.asString()).isEqualTo(state);
        return answer;
    }

    private static boolean atWork(String state) {
        return state.equals("waiting") || state.equals("running");
    }

    /// One tenant's part.
    public record Part(String tenant, int wave, String state, String operation) {}

    public static List<Part> parts(String rollout) {
        var answer = Callers.operator().get("/api/v1/rollouts/" + rollout + "/tenants?page_size=500");
        answer.then().statusCode(200);
        return JsonAnswer.of(answer).rows("tenants").stream()
                .map(part -> new Part(
                        text(part, "tenant"),
                        Integer.parseInt(text(part, "wave")),
                        text(part, "state"),
                        text(part, "operation")))
                .toList();
    }

    private static String text(Map<String, Object> part, String member) {
        return part.getOrDefault(member, "").toString();
    }

    /// Schemas as they are once every database was looked at again.
    public static Response readAgain() {
        Callers.operator().post("/api/v1/schema-versions/refresh").then().statusCode(202);
        Awaitility.await("every schema is read")
                .atMost(Duration.ofMinutes(1))
                .until(() -> JsonAnswer.of(schemas()).number("unread") == 0);
        return schemas();
    }

    /// How many have this version, as far as it is known: without another look.
    public static int tenantsAt(String version) {
        return schemas().jsonPath().getInt("versions.find { it.version == '" + version + "' }.tenants");
    }

    public static Response schemas() {
        return Callers.operator().get("/api/v1/schema-versions");
    }

    /// As the tenant itself.
    public static Connection connect(String slug) throws SQLException {
        return TenantDatabase.connect(slug);
    }

    public static void asTenant(String slug, String... statements) throws SQLException {
        try (var connection = connect(slug);
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }
}
