package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantApplication;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A tenant with a PostgreSQL process and a data directory of its own lives like any other, and leaves nothing
/// behind.
@QuarkusTest
class DedicatedClusterStory {

    private final Instance<PeriodicTask> periodic;

    @Inject
    DedicatedClusterStory(@Any Instance<PeriodicTask> periodic) {
        this.periodic = periodic;
    }

    @Test
    void a_tenant_that_asks_for_a_cluster_gets_a_server_process_of_its_own() throws SQLException {
        var slug = dedicated("starter");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("placement", is("dedicated"));
        try (var own = asTenant(slug);
                var shared = Server.asSuperuser("postgres")) {
            assertThat(one(own, "select system_identifier from pg_control_system()"))
                    .isNotEqualTo(one(shared, "select system_identifier from pg_control_system()"));
            assertThat(one(own, "select current_setting('shared_buffers')")).isEqualTo("16MB");
            assertThat(one(
                            shared,
                            "select count(*) from pg_database where datname = '" + TenantDatabase.name(slug) + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void enterprise_comes_with_a_cluster_unless_somebody_says_otherwise() {
        var byPlan = Onboarding.activeTenant("enterprise", "alice@example.com");
        var shared = active(Onboarding.ask(Onboarding.freshSlug(), "enterprise", "alice@example.com", "shared"));

        Callers.operator().get("/api/v1/tenants/" + byPlan).then().body("placement", is("dedicated"));
        Callers.operator().get("/api/v1/tenants/" + shared).then().body("placement", is("shared"));
    }

    @Test
    void suspending_resuming_and_a_larger_plan_work_as_on_the_shared_server() throws SQLException {
        var slug = dedicated("starter");
        write(slug, "before");

        change(slug, "suspend");
        assertThat(refuses(slug)).isTrue();
        change(slug, "resume");
        Onboarding.finished(
                Callers.operator()
                        .contentType("application/json")
                        .body(Map.of("plan", "professional"))
                        .put("/api/v1/tenants/" + slug + "/plan")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");

        try (var own = asTenant(slug)) {
            assertThat(one(own, "select rolconnlimit from pg_roles where rolname = current_database()"))
                    .isEqualTo("20");
            assertThat(one(own, "select message from app.guestbook_entry")).isEqualTo("before");
        }
    }

    @Test
    void a_killed_cluster_is_back_with_its_data_when_the_next_step_needs_it() throws Exception {
        var slug = dedicated("starter");
        write(slug, "committed");
        var first = ProcessHandle.of(postmaster(slug)).orElseThrow();

        first.destroyForcibly();
        first.onExit().get();
        change(slug, "suspend");
        change(slug, "resume");

        assertThat(postmaster(slug)).isNotEqualTo(first.pid());
        try (var own = asTenant(slug)) {
            assertThat(one(own, "select message from app.guestbook_entry")).isEqualTo("committed");
        }
    }

    @Test
    void a_killed_cluster_is_brought_back_by_the_look_that_keeps_them() throws Exception {
        var slug = dedicated("starter");
        write(slug, "committed");
        var first = ProcessHandle.of(postmaster(slug)).orElseThrow();

        first.destroyForcibly();
        first.onExit().get();
        periodic.stream().filter(run -> run.name().equals("keep-clusters")).forEach(PeriodicTask::run);

        assertThat(postmaster(slug)).isNotEqualTo(first.pid());
        try (var own = asTenant(slug)) {
            assertThat(one(own, "select message from app.guestbook_entry")).isEqualTo("committed");
        }
    }

    @Test
    void releasing_a_failed_onboarding_leaves_no_process_and_no_data() throws Exception {
        var slug = Onboarding.freshSlug();
        takeAddress(slug);
        var accepted = Onboarding.ask(slug, "starter", "alice@example.com", "dedicated");
        var operation = Onboarding.accepted(accepted);
        Onboarding.finished(operation, "failed");
        var folder = folder(slug);
        var process = ProcessHandle.of(postmaster(slug)).orElseThrow();

        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/operations/" + operation + "/release")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id"),
                "done");

        // One that ended and was not reaped yet is still there, without its words.
        Awaitility.await("the server ends")
                .until(() -> process.info().commandLine().isEmpty());
        assertThat(folder).doesNotExist();
        assertThat(Path.of(folder + ".removed")).doesNotExist();
        try (var platform = Server.asSuperuser("autostack")) {
            assertThat(one(
                            platform,
                            "select count(*) from provisioning.secret where tenant_id = '" + accepted.path("id") + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void the_platforms_own_passwords_are_not_for_the_tenants_application() {
        var slug = dedicated("starter");
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");

        Problems.notFound(Callers.application().get("/api/v1/secrets/clusters/" + id));
    }

    @Test
    void another_word_than_shared_or_dedicated_is_refused_and_nothing_happens() {
        var slug = Onboarding.freshSlug();

        Problems.field(Onboarding.ask(slug, "starter", "alice@example.com", "cloudy"), "database");
        Problems.notFound(Callers.operator().get("/api/v1/tenants/" + slug));
    }

    @Test
    void the_form_asks_where_the_database_goes() {
        Callers.operator()
                .accept("text/html")
                .get("/tenants/new")
                .then()
                .statusCode(200)
                .body(containsString("name=\"database\" value=\"dedicated\""));
    }

    private static String dedicated(String plan) {
        return active(Onboarding.ask(Onboarding.freshSlug(), plan, "alice@example.com", "dedicated"));
    }

    private static String active(Response accepted) {
        Onboarding.finished(Onboarding.accepted(accepted), "done");
        return accepted.path("slug");
    }

    private static void change(String slug, String action) {
        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/tenants/" + slug + "/" + action)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");
    }

    private static Connection asTenant(String slug) throws SQLException {
        return new TenantApplication(slug).connect();
    }

    private static boolean refuses(String slug) {
        try (var open = asTenant(slug)) {
            return open.isClosed();
        } catch (SQLException _) {
            return true;
        }
    }

    private static void write(String slug, String message) throws SQLException {
        new TenantApplication(slug).write(message);
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /// So that the last step of an onboarding meets somebody else.
    private static void takeAddress(String slug) throws SQLException {
        try (var platform = Server.asSuperuser("autostack");
                var insert =
                        platform.prepareStatement("insert into provisioning.route (host, tenant_id) values (?, ?)")) {
            insert.setString(1, slug + ".localhost");
            insert.setObject(2, UUID.randomUUID());
            insert.executeUpdate();
        }
    }

    private static long postmaster(String slug) throws Exception {
        return Long.parseLong(
                Files.readAllLines(folder(slug).resolve("data/postmaster.pid")).getFirst());
    }

    private static Path folder(String slug) {
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        return Path.of(Server.setting("AUTOSTACK_HOME"), "clusters", id);
    }
}
