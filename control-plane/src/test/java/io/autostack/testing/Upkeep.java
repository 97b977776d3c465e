package io.autostack.testing;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// Looking after tenants, and what people do to them by hand.
public final class Upkeep {

    private Upkeep() {}

    public static JsonPath reconcile() {
        return Callers.operator()
                .post("/api/v1/reconciliations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// Looks until nothing is left that a run repairs. A run repairs a few tenants only, and in a run
    /// with other tests those that they broke come first.
    public static void quiesce() {
        Awaitility.await("everything that can be repaired is")
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    var enqueued = reconcile().getInt("enqueued");
                    Onboarding.quiet();
                    return enqueued == 0;
                });
    }

    /// What differs about a tenant, as the last run saw it.
    public static List<Map<String, String>> findings(String slug) {
        return Callers.operator()
                .get("/api/v1/findings?page_size=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("findings.findAll { it.slug == '" + slug + "' }");
    }

    /// As somebody with a superuser's password and good intentions.
    public static void byHand(String database, String... statements) throws SQLException {
        try (var connection = Server.asSuperuser(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }
}
