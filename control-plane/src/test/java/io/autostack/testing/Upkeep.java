package io.autostack.testing;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Looking after tenants, and what people do to them by hand.
public final class Upkeep {

    private Upkeep() {}

    public static JsonPath look() {
        return Callers.operator()
                .post("/api/v1/reconciliations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// What differs about a tenant, as the last look saw it.
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
