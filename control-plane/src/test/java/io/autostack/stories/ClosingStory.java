package io.autostack.stories;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.autostack.provisioning.Periodic;
import io.autostack.testing.Archive;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An owner closes a tenant and changes his mind in time; another does not, and gets a certificate.
@QuarkusTest
class ClosingStory {

    private final Instance<Periodic> periodic;

    @Inject
    ClosingStory(@Any Instance<Periodic> periodic) {
        this.periodic = periodic;
    }

    @Test
    void a_closed_tenant_is_gone_for_everybody_and_comes_back_with_every_row() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        write(slug, "before");
        var credentials = credentials(slug);

        var closing = Onboarding.finished(close(Callers.alice(), slug, slug), "done");

        assertThat(closing.jsonPath().getList("steps.name", String.class))
                .containsExactly(
                        "close:tenant_" + slug, "snapshot:tenant_" + slug, "route", "remove:tenant_" + slug);
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("closed"));
        assertThatThrownBy(() -> Server.as(credentials, "tenant_" + slug).close()).isInstanceOf(SQLException.class);
        assertThat(onServer("select datname from pg_database where datname = 'tenant_" + slug + "'"))
                .isEmpty();
        assertThat(onServer("select rolname from pg_roles where rolname = 'tenant_" + slug + "'"))
                .isEmpty();
        Callers.application().get("/api/v1/routes/" + slug + ".localhost").then().statusCode(404);
        var state = Callers.alice().get("/api/v1/tenants/" + slug + "/closing");
        state.then().statusCode(200).body("canComeBack", is(true), "closedBy", is("alice"));
        assertThat(Duration.between(
                        Instant.parse(state.path("closedAt")), Instant.parse(state.path("retainedUntil"))))
                .isEqualTo(Duration.ofDays(30));
        assertThat(page(Callers.alice(), slug)).contains("This tenant is closed", "/reopen");
        assertThat(page(Callers.operator(), slug)).contains("/delete");

        Onboarding.finished(reopen(Callers.alice(), slug), "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        write(slug, "after");
        assertThat(messages(slug)).containsExactly("before", "after");
        assertThat(credentials(slug)).isEqualTo(credentials);
        assertThat(onServer("select datconnlimit::text from pg_database where datname = 'tenant_" + slug + "'"))
                .containsExactly("20");
        assertThat(snapshots(slug)).isEmpty();
        Callers.application().get("/api/v1/routes/" + slug + ".localhost").then().statusCode(200);
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
        problem(reopenAnswer(Callers.alice(), slug), 409, "conflict").body("detail", containsString("is active"));

        Onboarding.finished(close(Callers.operator(), slug, slug), "done");
        Onboarding.finished(reopen(Callers.operator(), slug), "done");
        assertThat(messages(slug)).containsExactly("before", "after");
    }

    @Test
    void apps_are_closed_and_come_back_with_the_tenant() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        var app = "tenant_" + slug + "__shop";
        try (var inside = Server.asSuperuser(app)) {
            TenantDatabase.execute(
                    inside, "set role " + app + "; create schema s; create table s.orders as select 7 as id");
        }

        Onboarding.finished(close(Callers.alice(), slug, slug), "done");
        assertThat(onServer("select datname from pg_database where starts_with(datname, 'tenant_" + slug + "')"))
                .isEmpty();
        Onboarding.finished(reopen(Callers.alice(), slug), "done");

        try (var inside = Server.asSuperuser(app)) {
            assertThat(TenantDatabase.texts(inside, "select id::text from s.orders")).containsExactly("7");
            assertThat(TenantDatabase.texts(inside, "select tableowner::text from pg_tables where tablename = 'orders'"))
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

        Onboarding.finished(close(Callers.alice(), slug, slug), "done");
        Onboarding.finished(reopen(Callers.alice(), slug), "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("suspended"));
        assertThatThrownBy(() -> write(slug, "now")).hasMessageContaining("not currently accepting connections");
    }

    @Test
    void after_the_clock_nothing_is_left_but_a_certificate_that_can_be_checked() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        var token = Tokens.create("operator", slug).secret();
        Onboarding.finished(close(Callers.alice(), slug, slug), "done");
        look();
        assertThat(deletions(id)).isEmpty();
        field(Onboarding.ask(slug, "starter", "alice@example.com"), "slug")
                .body("errors[0].message", containsString("can still come back"));

        runOut(id);
        problem(reopenAnswer(Callers.alice(), slug), 409, "conflict").body("detail", containsString("could come back"));
        look();
        look();

        assertThat(deletions(id)).hasSize(1);
        Onboarding.finished(deletions(id).getFirst(), "done");
        assertThat(leftOf(id)).isEmpty();
        var certificate = Callers.alice().get("/api/v1/tenants/" + id + "/certificate");
        certificate.then().statusCode(200);
        String text = certificate.path("text");
        assertThat(Archive.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(certificate.path("sha256"));
        assertThat(text)
                .contains(
                        "tenant: " + id,
                        "by alice",
                        "by autostack",
                        "database tenant_" + slug + " dropped",
                        "database tenant_" + slug + "__shop dropped",
                        "removed now, snapshots: snapshot_",
                        "removed now, secrets: tenants/" + slug + "/",
                        "left when looked at afterwards, databases: none",
                        "left when looked at afterwards, secrets: none",
                        "kept, history: ");
        assertThat(Callers.alice()
                        .accept("text/html")
                        .get("/tenants/" + id + "/certificate")
                        .asString())
                .contains("Certificate of deletion", certificate.<String>path("sha256"));
        Callers.bearer(token).get("/api/v1/tenants/" + id).then().statusCode(401);
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + id)
                .then()
                .body("events.action", hasItems("tenant.deletion-requested", "tenant.deleted"));

        problem(reopenAnswer(Callers.alice(), id), 409, "conflict")
                .body("detail", containsString("was deleted for good on"));
        Onboarding.finished(
                Onboarding.ask(slug, "starter", "alice@example.com")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");
        assertThat(messages(slug)).isEmpty();
        Callers.operator().get("/api/v1/tenants/" + id + "/certificate").then().statusCode(200);
        Callers.operator().get("/api/v1/tenants/" + slug + "/certificate").then().statusCode(404);
    }

    @Test
    void an_operator_deletes_at_once_and_nobody_else_does() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        problem(deleteAnswer(Callers.operator(), slug, slug), 409, "conflict")
                .body("detail", containsString("is active"));
        Onboarding.finished(close(Callers.alice(), slug, slug), "done");

        problem(deleteAnswer(Callers.alice(), slug, slug), 403, "not-allowed");
        field(deleteAnswer(Callers.operator(), slug, "other"), "confirm");
        assertThat(snapshots(slug)).hasSize(1);
        Onboarding.finished(
                deleteAnswer(Callers.operator(), slug, slug)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");

        assertThat(leftOf(id)).isEmpty();
        assertThat(Callers.alice()
                        .get("/api/v1/tenants/" + id + "/certificate")
                        .<String>path("text"))
                .contains("by operator");
        problem(deleteAnswer(Callers.operator(), id, slug), 409, "conflict");
    }

    @Test
    void what_is_asked_wrongly_changes_nothing() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        for (var wrong : List.of("", slug.toUpperCase(java.util.Locale.ROOT), slug + " ", "other"))
            field(closeAnswer(Callers.alice(), slug, wrong), "confirm");
        field(
                Callers.alice()
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/v1/tenants/" + slug + "/close"),
                "confirm");
        problem(closeAnswer(Callers.person("sales"), slug, slug), 404, "not-found");
        problem(reopenAnswer(Callers.person("sales"), slug), 404, "not-found");
        problem(closeAnswer(Callers.finance(), slug, slug), 403, "not-allowed");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/certificate"), 404, "not-found");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/closing"), 404, "not-found");
        var form = Callers.alice()
                .accept("text/html")
                .contentType("application/x-www-form-urlencoded")
                .formParam("confirm", "<b>wrong")
                .post("/tenants/" + slug + "/close");
        assertThat(form.statusCode()).isEqualTo(422);
        assertThat(form.asString()).contains("&lt;b&gt;wrong", "must be the short name").doesNotContain("<b>wrong");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        write(slug, "still here");
        assertThat(messages(slug)).containsExactly("still here");
    }

    @Test
    void a_closed_tenant_is_neither_closed_suspended_exported_nor_built_upon() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.finished(close(Callers.alice(), slug, slug), "done");

        problem(closeAnswer(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("is closed"));
        problem(Callers.operator().post("/api/v1/tenants/" + slug + "/suspend"), 409, "conflict");
        problem(Callers.operator().post("/api/v1/tenants/" + slug + "/resume"), 409, "conflict");
        problem(Callers.alice().get("/api/v1/tenants/" + slug + "/export"), 409, "conflict")
                .body("detail", containsString("is closed"));
        assertThat(Deploying.askForPlan(
                                Callers.alice(), slug, Map.of("template", Deploying.TEMPLATE, "name", "Shop"))
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
        problem(closeAnswer(Callers.operator(), slug, slug), 409, "conflict");
        Onboarding.quiet();
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        inControlPlane(
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts, state)"
                        + " values (gen_random_uuid(), '" + id + "', 'suspend-tenant', 'Suspend it', 'test:" + id
                        + "', '{}', 'running')");

        problem(closeAnswer(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("“Suspend it” is under way"));

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        inControlPlane("update provisioning.operation set state = 'failed' where request_key = 'test:" + id + "'");
    }

    @Test
    void a_closing_that_fails_can_be_taken_back_as_a_whole() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        try (var admin = Server.asSuperuser("postgres")) {
            TenantDatabase.execute(admin, "comment on database tenant_" + slug + " is 'somebody else''s'");
        }
        var closing = close(Callers.alice(), slug, slug);
        Onboarding.finished(closing, "failed");
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("closing"));
        problem(closeAnswer(Callers.alice(), slug, slug), 409, "conflict")
                .body("detail", containsString("is closing"));
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        try (var admin = Server.asSuperuser("postgres")) {
            TenantDatabase.execute(admin, "comment on database tenant_" + slug + " is 'autostack:tenant=" + id + "'");
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
        assertThat(snapshots(slug)).isEmpty();
        Callers.application().get("/api/v1/routes/" + slug + ".localhost").then().statusCode(200);
    }

    @Test
    void what_failed_before_is_not_built_again_once_the_tenant_is_closed() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        inControlPlane(
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts, state)"
                        + " values ('" + id + "', '" + id + "', 'resume-tenant', 'Resume it', 'test:" + id
                        + "', '{\"slug\": \"" + slug + "\", \"tenant\": \"" + id + "\"}', 'failed')");
        Onboarding.finished(close(Callers.alice(), slug, slug), "done");

        problem(Callers.alice().post("/api/v1/operations/" + id + "/retry"), 409, "conflict")
                .body("detail", containsString("tenant is closed"));
        problem(Callers.operator().post("/api/v1/operations/" + id + "/release"), 409, "conflict");
    }

    private static String close(RequestSpecification caller, String slug, String confirm) {
        return closeAnswer(caller, slug, confirm)
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    private static Response closeAnswer(RequestSpecification caller, String slug, String confirm) {
        return caller.contentType("application/json")
                .body(Map.of("confirm", confirm))
                .post("/api/v1/tenants/" + slug + "/close");
    }

    private static Response deleteAnswer(RequestSpecification caller, String slug, String confirm) {
        return caller.contentType("application/json")
                .body(Map.of("confirm", confirm))
                .post("/api/v1/tenants/" + slug + "/delete");
    }

    private static Response reopenAnswer(RequestSpecification caller, String slug) {
        return caller.post("/api/v1/tenants/" + slug + "/reopen");
    }

    private static String reopen(RequestSpecification caller, String slug) {
        return reopenAnswer(caller, slug).then().statusCode(202).extract().path("operation");
    }

    private static String page(RequestSpecification caller, String slug) {
        return caller.accept("text/html").get("/tenants/" + slug).asString();
    }

    /// The platform's regular look, now.
    private void look() {
        periodic.stream()
                .filter(some -> some.name().equals("overdue-tenants"))
                .findFirst()
                .orElseThrow()
                .look();
    }

    private static void runOut(String tenant) throws SQLException {
        inControlPlane("update tenancy.closing set retained_until = now() - interval '1 second' where tenant_id = '"
                + tenant + "'");
    }

    private static List<String> deletions(String tenant) throws SQLException {
        try (var admin = Server.asSuperuser("autostack")) {
            return TenantDatabase.texts(
                    admin,
                    "select id::text from provisioning.operation where kind = 'delete-tenant' and tenant_id = '"
                            + tenant + "'");
        }
    }

    /// Whatever carries the tenant's id where things are, not where they are written about.
    private static List<String> leftOf(String tenant) throws SQLException {
        try (var admin = Server.asSuperuser("autostack")) {
            return TenantDatabase.texts(admin, """
                    select 'database ' || datname from pg_database
                     where strpos(shobj_description(oid, 'pg_database'), '%1$s') > 0
                    union all select 'role ' || rolname from pg_roles
                     where strpos(shobj_description(oid, 'pg_authid'), '%1$s') > 0
                    union all select 'secret ' || name from provisioning.secret where tenant_id = '%1$s'
                    union all select 'route ' || host from provisioning.route where tenant_id = '%1$s'
                    """.formatted(tenant));
        }
    }

    private static List<String> snapshots(String slug) throws SQLException {
        return onServer("select datname from pg_database where starts_with(datname, 'snapshot_')"
                + " and strpos(shobj_description(oid, 'pg_database'), '"
                + Callers.operator().get("/api/v1/tenants/" + slug).path("id") + "') > 0");
    }

    private static List<String> onServer(String query) throws SQLException {
        try (var admin = Server.asSuperuser("postgres")) {
            return TenantDatabase.texts(admin, query);
        }
    }

    private static void inControlPlane(String sql) throws SQLException {
        try (var admin = Server.asSuperuser("autostack")) {
            TenantDatabase.execute(admin, sql);
        }
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
