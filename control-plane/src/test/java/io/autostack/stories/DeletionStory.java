package io.autostack.stories;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.testing.Archive;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// After the clock nothing of a closed tenant is left, and a certificate says so.
@QuarkusTest
class DeletionStory {

    private final Instance<PeriodicTask> periodic;

    @Inject
    DeletionStory(@Any Instance<PeriodicTask> periodic) {
        this.periodic = periodic;
    }

    @Test
    void after_the_clock_nothing_is_left_but_a_certificate_that_can_be_checked() throws SQLException, IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        var app = TenantDatabase.ofApp(slug);
        var token = Tokens.create("operator", slug).secret();
        Deploying.plan(Callers.alice(), slug, "Never approved");
        plantFiles(id);
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        reconcile();
        assertThat(deletions(id)).isEmpty();
        field(Onboarding.ask(slug, "starter", "alice@example.com"), "slug")
                .body("errors[0].message", containsString("can still come back"));

        runOut(id);
        problem(Ending.reopen(Callers.alice(), slug), 409, "conflict")
                .body("detail", containsString("could come back"));
        reconcile();
        reconcile();

        assertThat(deletions(id)).hasSize(1);
        Onboarding.finished(deletions(id).getFirst(), "done");
        assertThat(leftOf(id)).isEmpty();
        assertThat(filesOf(id)).isEmpty();
        var certificate = Callers.alice().get("/api/v1/tenants/" + id + "/certificate");
        certificate.then().statusCode(200);
        String text = certificate.path("text");
        assertThat(Archive.sha256(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(certificate.path("sha256"));
        assertThat(text)
                .contains(
                        "tenant: " + id,
                        "by alice",
                        "by autostack",
                        "database " + TenantDatabase.name(slug) + " dropped",
                        "database " + app + " dropped",
                        "removed now, snapshots: snapshot_",
                        "removed now, secrets: tenants/" + slug + "/",
                        "left when looked at afterwards, databases: none",
                        "removed now, dump files: snapshot_crashed.half, snapshot_old.dump",
                        "removed now, dedicated servers: " + id + ".removed",
                        "removed now, API tokens: ",
                        "removed now, domains of its own: none",
                        "left when looked at afterwards, secrets: none",
                        "left when looked at afterwards, dump files: none",
                        "left when looked at afterwards, networks: none",
                        "left when looked at afterwards, dedicated servers: none",
                        "kept, apps: ",
                        "kept, history: ")
                .doesNotContain("called", "findTaggedResources");
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

        problem(Ending.reopen(Callers.alice(), id), 409, "conflict")
                .body("detail", containsString("was deleted for good on"));
        Onboarding.finished(Onboarding.accepted(Onboarding.ask(slug, "starter", "alice@example.com")), "done");
        assertThat(messages(slug)).isEmpty();
        Callers.operator().get("/api/v1/tenants/" + id + "/certificate").then().statusCode(200);
        Callers.operator()
                .get("/api/v1/tenants/" + slug + "/certificate")
                .then()
                .statusCode(404);
    }

    @Test
    void an_operator_deletes_at_once_and_nobody_else_does() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        problem(Ending.delete(Callers.operator(), slug, slug), 409, "conflict")
                .body("detail", containsString("is active"));
        Ending.done(Ending.close(Callers.alice(), slug, slug));

        problem(Ending.delete(Callers.alice(), slug, slug), 403, "not-allowed");
        field(Ending.delete(Callers.operator(), slug, "other"), "confirm");
        assertThat(Ending.snapshots(slug)).hasSize(1);
        Onboarding.finished(
                Ending.delete(Callers.operator(), slug, slug)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");

        assertThat(leftOf(id)).isEmpty();
        assertThat(Callers.alice().get("/api/v1/tenants/" + id + "/certificate").<String>path("text"))
                .contains("by operator");
        problem(Ending.delete(Callers.operator(), id, slug), 409, "conflict");
    }

    /// What crashes of before may have left on the disk.
    private static void plantFiles(String tenant) throws IOException {
        var backups = Files.createDirectories(home().resolve("backups").resolve(tenant));
        Files.writeString(backups.resolve("snapshot_old.dump"), "all rows");
        Files.writeString(backups.resolve("snapshot_crashed.half"), "some rows");
        var removed = Files.createDirectories(home().resolve("clusters").resolve(tenant + ".removed"));
        Files.writeString(removed.resolve("base"), "some rows");
    }

    private static List<String> filesOf(String tenant) throws IOException {
        try (var all = Files.walk(home(), 2)) {
            return all.map(Path::toString).filter(path -> path.contains(tenant)).toList();
        }
    }

    private static Path home() {
        return Path.of(ConfigProvider.getConfig().getValue("autostack.home", String.class));
    }

    /// The platform's regular look, now.
    private void reconcile() {
        periodic.stream()
                .filter(some -> some.name().equals("overdue-tenants"))
                .findFirst()
                .orElseThrow()
                .run();
    }

    private static void runOut(String tenant) throws SQLException {
        Ending.inControlPlane(
                "update tenancy.closing set retained_until = now() - interval '1 second' where tenant_id = '" + tenant
                        + "'");
    }

    private static List<String> deletions(String tenant) throws SQLException {
        return Server.texts(
                "autostack",
                "select id::text from provisioning.operation where kind = 'delete-tenant' and tenant_id = '" + tenant
                        + "'");
    }

    /// Whatever carries the tenant's id where things are, not where they are written about.
    private static List<String> leftOf(String tenant) throws SQLException {
        return Server.texts("autostack", """
            select 'database ' || datname from pg_database
             where strpos(shobj_description(oid, 'pg_database'), '%1$s') > 0
            union all select 'role ' || rolname from pg_roles
             where strpos(shobj_description(oid, 'pg_authid'), '%1$s') > 0
            union all select 'secret ' || name from provisioning.secret where tenant_id = '%1$s'
            union all select 'route ' || host from provisioning.route where tenant_id = '%1$s'
            union all select 'cluster ' || folder from provisioning.cluster where tenant_id = '%1$s'
            union all select 'domain ' || name from tenancy.domain where tenant_id = '%1$s'
            union all select 'token ' || name from identity.api_token where tenant_id = '%1$s' and revoked_at is null
            union all select 'plan ' || app_name from marketplace.deployment_plan p where tenant_id = '%1$s'
               and not exists (select from marketplace.deployment d where d.plan_id = p.id)
            """.formatted(tenant));
    }

    private static List<String> messages(String slug) throws SQLException {
        try (var tenant = TenantDatabase.connect(slug)) {
            return TenantDatabase.texts(tenant, "select message from app.guestbook_entry order by id");
        }
    }
}
