package io.autostack.stories;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.testing.Archive;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An owner closes a tenant, changes their mind in time, and finds everything again.
@QuarkusTest
class ClosingStory {

    @Test
    void a_closed_tenant_is_gone_for_everybody_and_comes_back_with_every_row() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        write(slug, "before");
        var credentials = credentials(slug);

        var closing = Ending.done(Ending.close(Callers.alice(), slug, slug));

        assertThat(closing.jsonPath().getList("steps.name", String.class))
                .containsExactly("close:tenant", "snapshot:tenant", "route", "remove:tenant");
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("closed"));
        assertThatThrownBy(
                        () -> Server.as(credentials, TenantDatabase.name(slug)).close())
                .isInstanceOf(SQLException.class);
        assertThat(Ending.onServer(
                        "select datname from pg_database where datname = '" + TenantDatabase.name(slug) + "'"))
                .isEmpty();
        assertThat(Ending.onServer("select rolname from pg_roles where rolname = '" + TenantDatabase.name(slug) + "'"))
                .isEmpty();
        Callers.application()
                .get("/api/v1/routes/" + slug + ".localhost")
                .then()
                .statusCode(200)
                .body("status", is("closed"), "database", nullValue());
        var state = Callers.alice().get("/api/v1/tenants/" + slug + "/closing");
        state.then().statusCode(200).body("canComeBack", is(true), "closedBy", is("alice"));
        assertThat(Duration.between(Instant.parse(state.path("closedAt")), Instant.parse(state.path("retainedUntil"))))
                .isEqualTo(Duration.ofDays(30));
        assertThat(page(Callers.alice(), slug)).contains("This tenant is closed", "by alice", "/reopen");
        assertThat(page(Callers.operator(), slug)).contains("/delete");

        Ending.done(Ending.reopen(Callers.alice(), slug));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        write(slug, "after");
        assertThat(messages(slug)).containsExactly("before", "after");
        assertThat(credentials(slug)).isEqualTo(credentials);
        assertThat(Ending.onServer(
                        "select rolconnlimit::text from pg_roles where rolname = '" + TenantDatabase.name(slug) + "'"))
                .containsExactly("20");
        assertThat(Ending.snapshots(slug)).isEmpty();
        Callers.application()
                .get("/api/v1/routes/" + slug + ".localhost")
                .then()
                .statusCode(200);
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body(
                        "events.action",
                        hasItems(
                                "tenant.closing-requested",
                                "tenant.closed",
                                "tenant.reopening-requested",
                                "tenant.reopened"));
        problem(Ending.reopen(Callers.alice(), slug), 409, "conflict").body("detail", containsString("is active"));

        Ending.done(Ending.close(Callers.operator(), slug, slug));
        Ending.done(Ending.reopen(Callers.operator(), slug));
        assertThat(messages(slug)).containsExactly("before", "after");
    }

    @Test
    void after_a_restore_apps_are_exported_closed_and_brought_back_as_well() throws IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        var backedUp = Callers.alice().post("/api/v1/tenants/" + slug + "/backups");
        Onboarding.finished(backedUp.path("operation"), "done");
        String backup = backedUp.path("backup");
        Onboarding.finished(
                Callers.alice()
                        .post("/api/v1/tenants/" + slug + "/backups/" + backup + "/restore")
                        .path("operation"),
                "done");
        Onboarding.quiet();

        var archive = Archive.read(Callers.alice().get("/api/v1/tenants/" + slug + "/export"));
        assertThat(archive.manifest().getList("databases.name", String.class))
                .hasSize(2)
                .contains(TenantDatabase.ofApp(slug));

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.reopen(Callers.alice(), slug));
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
    }

    @Test
    void apps_are_closed_and_come_back_with_the_tenant() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String shop = Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop")
                .path("id");
        var app = TenantDatabase.ofApp(slug);
        try (var inside = Server.asSuperuser(app)) {
            TenantDatabase.execute(
                    inside, "set role " + app + "; create schema s; create table s.orders as select 7 as id");
        }

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        assertThat(Ending.onServer("select datname from pg_database where starts_with(datname, '"
                        + TenantDatabase.name(slug) + "')"))
                .isEmpty();
        deployment(slug, shop).then().body("status", is("closed"));
        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/deployments")
                .then()
                .body("deployments.status", everyItem(is("closed")));
        assertThat(Callers.alice()
                        .accept("text/html")
                        .get("/tenants/" + slug + "/deployments/" + shop)
                        .asString())
                .contains("The tenant is closed.", "none, because the tenant is closed")
                .doesNotContain(">running<");
        Ending.done(Ending.reopen(Callers.alice(), slug));
        deployment(slug, shop).then().body("status", is("running"));

        try (var inside = Server.asSuperuser(app)) {
            assertThat(TenantDatabase.texts(inside, "select id::text from s.orders"))
                    .containsExactly("7");
            assertThat(TenantDatabase.texts(
                            inside, "select tableowner::text from pg_tables where tablename = 'orders'"))
                    .containsExactly(app);
        }
    }

    @Test
    void a_suspended_tenant_does_not_escape_by_closing_and_reopening() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/tenants/" + slug + "/suspend")
                        .then()
                        .extract()
                        .path("operation"),
                "done");

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.reopen(Callers.alice(), slug));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("suspended"));
        assertThatThrownBy(() -> write(slug, "now")).hasMessageContaining("not currently accepting connections");
    }

    @Test
    void a_closing_that_fails_can_be_taken_back_as_a_whole() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        try (var admin = Server.asSuperuser("postgres")) {
            TenantDatabase.execute(
                    admin, "comment on database " + TenantDatabase.name(slug) + " is 'somebody else''s'");
        }
        String closing = Ending.close(Callers.alice(), slug, slug)
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
        Onboarding.finished(closing, "failed");
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("closing"));
        problem(Ending.close(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("is closing"));
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        try (var admin = Server.asSuperuser("postgres")) {
            TenantDatabase.execute(
                    admin, "comment on database " + TenantDatabase.name(slug) + " is 'autostack:tenant=" + id + "'");
        }

        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/operations/" + closing + "/release")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id"),
                "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        assertThat(messages(slug)).containsExactly("before");
        assertThat(Ending.snapshots(slug)).isEmpty();
        Callers.application()
                .get("/api/v1/routes/" + slug + ".localhost")
                .then()
                .statusCode(200);
    }

    private static Response deployment(String slug, String id) {
        return Callers.alice().get("/api/v1/tenants/" + slug + "/deployments/" + id);
    }

    private static String page(RequestSpecification caller, String slug) {
        return caller.accept("text/html").get("/tenants/" + slug).asString();
    }

    private static Map<String, String> credentials(String slug) {
        return Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/database")
                .path("value");
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
