package io.autostack.testing;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// How tests close tenants, bring them back and delete them.
public final class Ending {

    private Ending() {}

    public static Response close(RequestSpecification caller, String slug, String confirm) {
        return confirmed(caller, slug, "close", confirm);
    }

    public static Response delete(RequestSpecification caller, String slug, String confirm) {
        return confirmed(caller, slug, "delete", confirm);
    }

    public static Response reopen(RequestSpecification caller, String slug) {
        return caller.post("/api/v1/tenants/" + slug + "/reopen");
    }

    /// Waits until what was accepted is done.
    public static Response done(Response accepted) {
        return Onboarding.finished(Onboarding.accepted(accepted), "done");
    }

    /// Names of the snapshots that are kept for a tenant.
    public static List<String> snapshots(String slug) throws SQLException {
        return onServer("select datname from pg_database where starts_with(datname, 'snapshot_')"
                + " and strpos(shobj_description(oid, 'pg_database'), '"
                + JsonAnswer.of(Callers.operator().get("/api/v1/tenants/" + slug))
                        .text("id") + "') > 0");
    }

    public static List<String> onServer(String query) throws SQLException {
        return Server.texts("postgres", query);
    }

    public static void inControlPlane(String sql) throws SQLException {
        Server.execute("autostack", sql);
    }

    private static Response confirmed(RequestSpecification caller, String slug, String what, String confirm) {
        return caller.contentType("application/json")
                .body(Map.of("confirm", confirm))
                .post("/api/v1/tenants/" + slug + "/" + what);
    }
}
