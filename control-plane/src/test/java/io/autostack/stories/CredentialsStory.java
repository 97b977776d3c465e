package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A tenant's database gets new credentials, and nobody who works with it notices.
@QuarkusTest
class CredentialsStory {

    @Test
    void no_request_fails_while_credentials_rotate_again_and_again() throws Exception {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var first = secret(slug);
        try (var visitors = new Visitors(slug, 2)) {
            visitors.haveSucceeded(20);
            for (int times = 0; times < 3; times++) {
                Onboarding.finished(rotate(slug), "done");
                visitors.haveSucceeded(20);
            }
            assertThat(visitors.failures()).isEmpty();
            assertThat(visitors.users())
                    .containsExactlyInAnyOrder(TenantDatabase.name(slug), TenantDatabase.name(slug) + "-b");
        }
        var now = secret(slug);
        assertThat(now).isNotEqualTo(first);
        Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/database")
                .then()
                .body("version", is("4"));
        assertThatThrownBy(() -> Server.as(first, TenantDatabase.name(slug)).close())
                .isInstanceOf(SQLException.class);
        assertThat(Callers.operator()
                        .get("/api/v1/audit-events?tenant=" + slug)
                        .jsonPath()
                        .getList("events.action"))
                .contains("tenant.credential-rotation-requested", "tenant.credentials-rotated");
    }

    @Test
    void what_the_second_login_makes_belongs_to_the_owner() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.finished(rotate(slug), "done");

        try (var inside = Server.as(secret(slug), TenantDatabase.name(slug));
                var statement = inside.createStatement()) {
            statement.execute("create table app.made_later (id integer)");
            statement.execute("insert into app.guestbook_entry (author, message) values ('a', 'b')");
            try (var owner = statement.executeQuery(
                    "select tableowner, session_user from pg_tables where tablename = 'made_later'")) {
                owner.next();
                assertThat(owner.getString(1)).isEqualTo(TenantDatabase.name(slug));
                assertThat(owner.getString(2)).isEqualTo(TenantDatabase.name(slug) + "-b");
            }
        }
        Onboarding.finished(rotate(slug), "done");
        try (var inside = Server.as(secret(slug), TenantDatabase.name(slug));
                var statement = inside.createStatement()) {
            statement.execute("drop table app.made_later");
        }
    }

    @Test
    void upkeep_finds_a_rotated_tenant_in_order_and_mends_its_present_login() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.finished(rotate(slug), "done");
        Upkeep.reconcile();
        assertThat(Upkeep.findings(slug)).isEmpty();

        Upkeep.byHand("postgres", "alter role \"" + TenantDatabase.name(slug) + "-b\" nologin");
        Upkeep.quiesce();

        Server.as(secret(slug), TenantDatabase.name(slug)).close();
        Upkeep.reconcile();
        assertThat(Upkeep.findings(slug)).isEmpty();
    }

    @Test
    void a_session_that_is_open_is_waited_for_and_a_second_rotation_meanwhile_is_refused() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String operation;
        try (var open = Server.as(secret(slug), TenantDatabase.name(slug));
                var statement = open.createStatement()) {
            operation = rotate(slug);
            Problems.problem(Callers.alice().post("/api/v1/tenants/" + slug + "/rotate-credentials"), 409, "conflict")
                    .body("operation", is(operation));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> String.valueOf(Callers.alice()
                                    .get("/api/v1/operations/" + operation)
                                    .<Object>path("message"))
                            .contains("still open"));
            statement.execute("select 1");
        }
        Onboarding.finished(operation, "done");
    }

    @Test
    void a_login_that_is_somebody_elses_stops_the_rotation_and_release_leaves_no_trace() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var before = secret(slug);
        var second = "\"" + TenantDatabase.name(slug) + "-b\"";
        asProvisioner("create role " + second + " login");

        var failed = rotate(slug);
        Onboarding.finished(failed, "failed")
                .then()
                .body("message", containsString("does not belong to this tenant"))
                .body("steps.find { it.name == 'promote' }.state", is("waiting"));
        assertThat(secret(slug)).isEqualTo(before);
        Server.as(before, TenantDatabase.name(slug)).close();

        String rollback = Callers.operator()
                .post("/api/v1/operations/" + failed + "/release")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Onboarding.finished(rollback, "done");

        assertThat(secret(slug)).isEqualTo(before);
        asProvisioner("drop role " + second);
        Onboarding.finished(rotate(slug), "done");
        assertThat(secret(slug)).isNotEqualTo(before);
    }

    @Test
    void only_an_active_tenants_administrator_rotates() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Problems.problem(Callers.finance().post("/api/v1/tenants/" + slug + "/rotate-credentials"), 403, "not-allowed");
        Problems.notFound(Callers.person("sales").post("/api/v1/tenants/" + slug + "/rotate-credentials"));
        Callers.alice()
                .accept("text/html")
                .get("/tenants/" + slug + "/settings")
                .then()
                .body(containsString("/tenants/" + slug + "/rotate-credentials"));
        var before = secret(slug);
        Onboarding.finished(
                Callers.operator().post("/api/v1/tenants/" + slug + "/suspend").path("operation"), "done");

        Problems.problem(Callers.alice().post("/api/v1/tenants/" + slug + "/rotate-credentials"), 409, "conflict")
                .body("detail", containsString("is suspended"));
        assertThat(secret(slug)).isEqualTo(before);
    }

    private static String rotate(String slug) {
        return Callers.alice()
                .post("/api/v1/tenants/" + slug + "/rotate-credentials")
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    private static Map<String, String> secret(String slug) {
        return Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/database")
                .then()
                .statusCode(200)
                .extract()
                .path("value");
    }

    private static void asProvisioner(String sql) throws SQLException {
        try (var connection = Server.asProvisioner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
