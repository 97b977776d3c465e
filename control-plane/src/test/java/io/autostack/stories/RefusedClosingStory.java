package io.autostack.stories;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is asked wrongly, or at the wrong moment, is refused clearly and changes nothing.
@QuarkusTest
class RefusedClosingStory {

    @Test
    void what_is_asked_wrongly_changes_nothing() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        for (var wrong : List.of("", slug.toUpperCase(java.util.Locale.ROOT), slug + " ", "other"))
            field(Ending.close(Callers.alice(), slug, wrong), "confirm");
        field(
                Callers.alice().contentType("application/json").body("{}").post("/api/v1/tenants/" + slug + "/close"),
                "confirm");
        problem(Ending.close(Callers.person("sales"), slug, slug), 404, "not-found");
        problem(Ending.reopen(Callers.person("sales"), slug), 404, "not-found");
        problem(Ending.close(Callers.finance(), slug, slug), 403, "not-allowed");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/certificate"), 404, "not-found");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/closing"), 404, "not-found");
        var form = Callers.alice()
                .accept("text/html")
                .contentType("application/x-www-form-urlencoded")
                .formParam("confirm", "<b>wrong")
                .post("/tenants/" + slug + "/close");
        assertThat(form.statusCode()).isEqualTo(422);
        assertThat(form.asString())
                .contains("&lt;b&gt;wrong", "must be the short name")
                .doesNotContain("<b>wrong");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        write(slug, "still here");
        assertThat(messages(slug)).containsExactly("still here");
    }

    @Test
    void a_closed_tenant_is_neither_closed_suspended_exported_nor_built_upon() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Ending.done(Ending.close(Callers.alice(), slug, slug));

        problem(Ending.close(Callers.alice(), slug, slug), 409, "conflict").body("detail", containsString("is closed"));
        problem(Callers.operator().post("/api/v1/tenants/" + slug + "/suspend"), 409, "conflict");
        problem(Callers.operator().post("/api/v1/tenants/" + slug + "/resume"), 409, "conflict");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/export"), 409, "conflict")
                .body("detail", containsString("is closed"));
        assertThat(Deploying.askForPlan(Callers.alice(), slug, Map.of("template", Deploying.TEMPLATE, "name", "Shop"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(Callers.operator()
                        .accept("text/html")
                        .get("/tenants/" + slug + "/settings")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_closing_waits_for_nothing_it_is_refused_while_something_else_is_under_way() throws SQLException {
        var slug = Onboarding.freshSlug();
        Onboarding.ask(slug, "starter", "alice@example.com").then().statusCode(202);
        problem(Ending.close(Callers.operator(), slug, slug), 409, "conflict");
        Onboarding.quiet();
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        Ending.inControlPlane(
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts, state)"
                        + " values (gen_random_uuid(), '" + id + "', 'suspend-tenant', 'Suspend it', 'test:" + id
                        + "', '{}', 'running')");

        problem(Ending.close(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("“Suspend it” is under way"));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        Ending.inControlPlane(
                "update provisioning.operation set state = 'failed' where request_key = 'test:" + id + "'");
    }

    @Test
    void what_failed_before_is_not_built_again_once_the_tenant_is_closed() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        Ending.inControlPlane(
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts, state)"
                        + " values ('" + id + "', '" + id + "', 'rotate-credentials', 'Rotate', 'test:" + id
                        + "', '{\"slug\": \"" + slug + "\", \"tenant\": \"" + id + "\"}', 'failed')");
        Ending.done(Ending.close(Callers.alice(), slug, slug));

        problem(Callers.alice().post("/api/v1/operations/" + id + "/retry"), 409, "conflict")
                .body("detail", containsString("tenant is closed"));
        problem(Callers.operator().post("/api/v1/operations/" + id + "/release"), 409, "conflict");
    }

    @Test
    void an_app_of_which_half_is_there_has_to_be_mended_first() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        Ending.inControlPlane(
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts, state)"
                        + " values (gen_random_uuid(), '" + id + "', 'deploy-stack', 'Deploy it', 'test:" + id
                        + "', '{\"app\": \"shop\", \"slug\": \"" + slug + "\", \"tenant\": \"" + id
                        + "\", \"deployment\": \"" + id + "\", \"requestedBy\": \"tester\", \"stack\":"
                        + " \"{\\\"secrets\\\": [], \\\"databases\\\": [], \\\"buckets\\\": [],"
                        + " \\\"containers\\\": []}\"}', 'failed')");

        problem(Ending.close(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("“shop” failed"));
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
    }

    private static void write(String slug, String message) throws SQLException {
        TenantDatabase.run(
                slug, "insert into app.guestbook_entry (author, message) values ('Alice', '" + message + "')");
    }

    private static List<String> messages(String slug) throws SQLException {
        try (var tenant = TenantDatabase.connect(slug)) {
            return TenantDatabase.texts(tenant, "select message from app.guestbook_entry order by id");
        }
    }
}
