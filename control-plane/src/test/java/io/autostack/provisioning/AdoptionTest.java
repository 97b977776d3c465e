package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.testing.Callers;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a crash left behind is taken over; what is somebody else's is left alone.
@QuarkusTest
class AdoptionTest {

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String slug = Onboarding.freshSlug();
    private final String name = "tenant_" + slug;
    private final DatabaseSpec desired = new DatabaseSpec(tenant, name, "tenants/" + slug + "/database", true);

    @Inject
    AdoptionTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void asking_for_a_database_twice_builds_it_once() throws SQLException {
        secret();

        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);
        write("insert into app.guestbook_entry (author, message) values ('me', 'still here')");
        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);

        assertThat(cloud.checkDatabase(desired)).isInstanceOf(Outcome.Done.class);
        write("update app.guestbook_entry set message = message where author = 'me'");
    }

    @Test
    void a_role_of_this_tenant_is_adopted_and_gets_the_secrets_password() throws SQLException {
        secret();
        asProvisioner(
                "create role " + name + " nologin",
                "comment on role " + name + " is 'autostack:tenant=" + tenant + "'");

        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);

        assertThat(cloud.checkDatabase(desired)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_database_that_was_left_half_made_is_adopted_and_closed_to_others() throws SQLException {
        secret();
        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);
        asProvisioner(
                "grant connect on database " + name + " to public",
                "alter database " + name + " with allow_connections false");

        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Done.class);

        assertThat(cloud.checkDatabase(desired)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_role_of_another_tenant_is_left_alone() throws SQLException {
        secret();
        asProvisioner(
                "create role " + name + " nologin",
                "comment on role " + name + " is 'autostack:tenant=" + UUID.randomUUID() + "'");

        assertThat(cloud.ensureDatabase(desired))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.reason()).contains(name).contains("does not belong to this tenant"));
    }

    @Test
    void a_role_that_nobody_tagged_is_left_alone() throws SQLException {
        secret();
        asProvisioner("create role " + name + " nologin");

        assertThat(cloud.ensureDatabase(desired)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_database_of_another_tenant_is_left_alone() throws SQLException {
        secret();
        asProvisioner(
                "create database " + name,
                "comment on database " + name + " is 'autostack:tenant=" + UUID.randomUUID() + "'");

        assertThat(cloud.ensureDatabase(desired))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("database called " + name));
    }

    @Test
    void a_secret_keeps_its_value_and_its_tenant() {
        secret();
        var before = cloud.readSecret(desired.secret()).orElseThrow();

        assertThat(cloud.ensureSecret(tenant, desired.secret(), Map.of("password", "another")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(cloud.readSecret(desired.secret())).contains(before);
        assertThat(cloud.ensureSecret(UUID.randomUUID(), desired.secret(), Map.of()))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_host_name_leads_to_the_tenant_that_had_it_first() {
        assertThat(cloud.ensureRoute(tenant, slug + ".localhost")).isInstanceOf(Outcome.Done.class);
        assertThat(cloud.ensureRoute(tenant, slug.toUpperCase(java.util.Locale.ROOT) + ".localhost"))
                .isInstanceOf(Outcome.Done.class);
        assertThat(cloud.ensureRoute(UUID.randomUUID(), slug + ".localhost")).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.findRoute(slug + ".localhost")).contains(tenant);
    }

    @Test
    void an_onboarding_that_met_something_foreign_fails_and_goes_on_after_retry() {
        var stranger = UUID.randomUUID();
        assertThat(cloud.ensureRoute(stranger, slug + ".localhost")).isInstanceOf(Outcome.Done.class);
        var operation = Onboarding.accepted(Onboarding.ask(slug, "starter", "alice@example.com"));

        Onboarding.finished(operation, "failed")
                .then()
                .body("steps.find { it.name == 'check' }.state", is("done"))
                .body("steps.find { it.name == 'route' }.state", is("failed"));
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("failed"));

        assertThat(cloud.removeRoute(stranger, slug + ".localhost")).isInstanceOf(Outcome.Done.class);
        Callers.alice()
                .post("/api/v1/tenants/" + slug + "/retry")
                .then()
                .statusCode(202)
                .body("operation", is(operation));

        Onboarding.finished(operation, "done").then().body("steps.find { it.name == 'secret' }.attempts", is(1));
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        Problems.problem(Callers.alice().post("/api/v1/tenants/" + slug + "/retry"), 409, "conflict");
        Problems.problem(Callers.alice().post("/api/v1/operations/" + operation + "/retry"), 409, "conflict");
    }

    @Test
    void an_onboarding_that_met_foreign_things_is_released_and_leaves_them_alone() {
        var stranger = UUID.randomUUID();
        assertThat(cloud.ensureRoute(stranger, slug + ".localhost")).isInstanceOf(Outcome.Done.class);
        var operation = Onboarding.accepted(Onboarding.ask(slug, "starter", "alice@example.com"));
        Onboarding.finished(operation, "failed");

        String rollback = Callers.operator()
                .post("/api/v1/operations/" + operation + "/release")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Onboarding.finished(rollback, "done")
                .then()
                .body("steps.find { it.name == 'undo:database' }.evidence.role", containsString("dropped"))
                .body(
                        "steps.find { it.name == 'undo:route' }.evidence.'left alone'",
                        is("host name " + slug + ".localhost belongs to somebody else"));
        assertThat(cloud.findRoute(slug + ".localhost")).contains(stranger);
        assertThat(cloud.readSecret("tenants/" + slug + "/database")).isEmpty();
    }

    @Test
    void a_removal_leaves_a_database_alone_that_carries_another_tenants_tag() throws SQLException {
        var stranger = UUID.randomUUID();
        asProvisioner(
                "create database " + name, "comment on database " + name + " is 'autostack:tenant=" + stranger + "'");

        assertLeftAlone(cloud.removeDatabase(desired), "database " + name);

        assertThat(Ending.onServer("select datname from pg_database where datname = '" + name + "'"))
                .containsExactly(name);
    }

    @Test
    void nothing_of_somebody_else_is_removed_whoever_asks() throws SQLException {
        var stranger = UUID.randomUUID();
        assertThat(cloud.ensureSecret(stranger, desired.secret(), Map.of("password", "theirs")))
                .isInstanceOf(Outcome.Done.class);
        asProvisioner("create role " + name + " nologin");
        var snapshot = "snapshot_" + stranger.toString().replace("-", "");
        asProvisioner(
                "create database " + snapshot,
                "comment on database " + snapshot + " is 'autostack:tenant=" + stranger + "'");

        assertLeftAlone(cloud.removeSecret(tenant, desired.secret()), "secret " + desired.secret());
        assertLeftAlone(cloud.removeDatabase(desired), "role " + name);
        assertLeftAlone(cloud.removeSnapshot(tenant, snapshot), "snapshot " + snapshot);

        assertThat(cloud.readSecret(desired.secret()).orElseThrow().value()).containsEntry("password", "theirs");
        assertThat(Ending.onServer("select rolname from pg_roles where rolname = '" + name + "'"))
                .containsExactly(name);
        assertThat(Ending.onServer("select datname from pg_database where datname = '" + snapshot + "'"))
                .containsExactly(snapshot);
    }

    private static void assertLeftAlone(Outcome outcome, String what) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.evidence())
                                .containsEntry(Outcome.LEFT_ALONE, what + " belongs to somebody else"));
    }

    private void secret() {
        assertThat(cloud.ensureSecret(
                        tenant, desired.secret(), Map.of("username", name, "password", "p4ssword-" + tenant)))
                .isInstanceOf(Outcome.Done.class);
    }

    private void write(String sql) throws SQLException {
        try (var inside = Server.as(
                        cloud.readSecret(desired.secret()).orElseThrow().value(), name);
                var statement = inside.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static void asProvisioner(String... statements) throws SQLException {
        try (var connection = Server.asProvisioner();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }
}
