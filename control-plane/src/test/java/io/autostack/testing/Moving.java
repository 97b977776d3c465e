package io.autostack.testing;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/// Proofs of concept, and what is asked for when they go into production.
public final class Moving {

    /// What a person confirms before a move.
    public static final List<String> CONFIRMED = List.of(
            "error-handling",
            "stable-schema",
            "security-review",
            "load-test",
            "recovery",
            "dashboards",
            "on-call",
            "backups",
            "runbooks",
            "communication");

    private Moving() {}

    public static Response askForPoc(String slug) {
        return Callers.operator()
                .contentType("application/json")
                .body(Map.of(
                        "name", "Tenant " + slug,
                        "slug", slug,
                        "plan", "starter",
                        "environment", "poc",
                        "adminEmail", "alice@example.com"))
                .post("/api/v1/tenants");
    }

    /// @param database where to: shared or dedicated
    public static Response ask(String slug, String database, List<String> confirmed) {
        return Callers.operator()
                .contentType("application/json")
                .body(Map.of("database", database, "confirmed", confirmed))
                .post("/api/v1/tenants/" + slug + "/move");
    }

    /// @param action what follows on the move: `roll-back` or `decommission`
    public static Response ask(String slug, String action) {
        return Callers.operator().post("/api/v1/tenants/" + slug + "/move/" + action);
    }
}
