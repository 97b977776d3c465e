package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A tenant's data are kept apart, brought back when somebody has deleted too much, and tried out before that.
@QuarkusTest
class BackupStory {

    @Test
    void a_restore_brings_the_rows_back_that_were_backed_up_and_keeps_what_it_replaced() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        var backup = backUp(slug);
        write(slug, "after");

        Onboarding.finished(accepted(restore(Callers.alice(), slug, backup)), "done")
                .then()
                .body("steps.find { it.name == 'compare' }.evidence.tables", notNullValue());

        assertThat(entries(slug)).containsExactly("before");
        var replaced = replaced(slug);
        Callers.application()
                .get("/api/v1/routes/" + slug + ".localhost")
                .then()
                .body("database.name", containsString(TenantDatabase.name(slug) + "__"));
        assertThat(databases(TenantDatabase.name(slug) + "%")).hasSize(1).doesNotContain(TenantDatabase.name(slug));
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body(
                        "events.action",
                        hasItems(
                                "tenant.backup-requested",
                                "tenant.backed-up",
                                "tenant.restore-requested",
                                "tenant.restored",
                                "tenant.database-retired"));

        Onboarding.finished(accepted(restore(Callers.alice(), slug, replaced)), "done");

        assertThat(entries(slug)).containsExactly("before", "after");
    }

    @Test
    void a_suspended_tenant_is_backed_up_and_restored_and_stays_closed() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        Onboarding.finished(accepted(Callers.operator().post(at(slug) + "/suspend")), "done");

        var backup = backUp(slug);
        Onboarding.finished(accepted(restore(Callers.alice(), slug, backup)), "done");
        replaced(slug);

        assertThatThrownBy(() -> entries(slug)).hasMessageContaining("not currently accepting connections");
        Onboarding.finished(accepted(Callers.operator().post(at(slug) + "/resume")), "done");
        assertThat(entries(slug)).containsExactly("before");
    }

    @Test
    void of_two_restores_at_once_one_is_refused_and_nothing_else_changes_the_tenant_meanwhile() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var backup = backUp(slug);

        var first = CompletableFuture.supplyAsync(() -> restore(Callers.alice(), slug, backup));
        var second = CompletableFuture.supplyAsync(() -> restore(Callers.operator(), slug, backup));
        var answers = List.of(first.join(), second.join());

        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(202, 409);
        for (var answer : answers)
            if (answer.statusCode() == 202) Onboarding.finished(accepted(answer), "done");
            else answer.then().body("operation", notNullValue());
        replaced(slug);
        assertThat(backups(slug, "replaced")).hasSize(1);
    }

    @Test
    void a_backup_that_is_not_there_is_not_restored() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var other = Onboarding.activeTenant("starter", "sales@example.com");
        write(slug, "mine");
        var removed = backUp(slug);
        Onboarding.finished(accepted(Callers.alice().delete(at(slug) + "/backups/" + removed)), "done");
        var expired = backUp(slug);
        age(expired);

        Problems.problem(restore(Callers.alice(), slug, removed), 409, "conflict")
                .body("detail", containsString("is removed"));
        Problems.problem(restore(Callers.alice(), slug, expired), 409, "conflict")
                .body("detail", containsString("has expired"));
        Problems.problem(Callers.alice().delete(at(slug) + "/backups/" + removed), 409, "conflict");
        Problems.notFound(restore(Callers.alice(), slug, UUID.randomUUID().toString()));
        Problems.notFound(restore(Callers.alice(), slug, "yesterday"));
        Problems.notFound(restore(Callers.operator(), other, expired));
        Problems.notFound(Callers.person("sales").get(at(slug) + "/backups"));
        Problems.notFound(Callers.person("sales").post(at(slug) + "/backups"));
        Problems.field(Callers.alice().get(at(slug) + "/backups?page_size=0"), "page_size");
        Problems.problem(Callers.nobody().post(at(slug) + "/backups"), 401, "not-signed-in");

        assertThat(entries(slug)).containsExactly("mine");
        assertThat(databases("snapshot_" + removed.replace("-", ""))).isEmpty();
        assertThat(databases(TenantDatabase.name(slug) + "%")).containsExactly(TenantDatabase.name(slug));
    }

    @Test
    void only_a_tenant_that_is_served_is_backed_up() {
        var slug = Onboarding.freshSlug();
        var onboarding = Onboarding.ask(slug, "starter", "alice@example.com");

        var early = Callers.alice().post(at(slug) + "/backups");
        assertThat(early.statusCode()).isIn(202, 409);
        Onboarding.finished(onboarding.path("operation"), "done");
        if (early.statusCode() == 409) Problems.problem(early, 409, "conflict");
        Callers.finance().post(at(slug) + "/backups").then().statusCode(403);
        Callers.finance().get(at(slug) + "/backups").then().statusCode(200);
    }

    @Test
    void a_drill_restores_compares_measures_and_leaves_nothing_behind() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        Problems.problem(Callers.operator().post(at(slug) + "/restore-drills"), 409, "conflict")
                .body("detail", containsString("Take one first"));
        Problems.problem(Callers.alice().post(at(slug) + "/restore-drills"), 403, "not-allowed");
        var backup = backUp(slug);
        write(slug, "after");

        Onboarding.finished(accepted(Callers.operator().post(at(slug) + "/restore-drills")), "done");

        Callers.alice()
                .get(at(slug) + "/restore-drills")
                .then()
                .body("drills", hasSize(1))
                .body("drills[0].state", is("passed"))
                .body("drills[0].backup", is(backup))
                .body("drills[0].rtoTarget", is("PT1H"))
                .body("drills[0].rpoTarget", is("PT5M"))
                .body("drills[0].rto", containsString("PT"))
                .body("drills[0].rpo", containsString("PT"));
        assertThat(databases(TenantDatabase.name(slug) + "%")).containsExactly(TenantDatabase.name(slug));
        assertThat(entries(slug)).containsExactly("before", "after");
        Callers.operator()
                .accept("text/html")
                .get("/tenants/" + slug + "/backups")
                .then()
                .statusCode(200)
                .body(containsString("passed"))
                .body(containsString("6 days left"));
    }

    @Test
    void a_backup_whose_copy_is_lost_fails_in_a_drill_and_leaves_the_tenant_where_it_is() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");
        var backup = backUp(slug);
        var snapshot = "snapshot_" + backup.replace("-", "");
        String drill = accepted(Callers.operator().post(at(slug) + "/restore-drills"));
        Onboarding.finished(drill, "done");
        Server.execute("postgres", "drop database " + snapshot + " with (force)");

        String second = accepted(Callers.operator().post(at(slug) + "/restore-drills"));
        Onboarding.finished(second, "failed").then().body("message", containsString("There is no snapshot"));

        Callers.alice().get(at(slug) + "/restore-drills").then().body("drills[0].state", equalTo("failed"));
        String restore = accepted(restore(Callers.alice(), slug, backup));
        Onboarding.finished(restore, "failed");
        assertThat(entries(slug)).containsExactly("before");
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItem("tenant.restore-failed"))
                .body("events.action", not(hasItem("tenant.restored")));

        String compensated = Callers.operator()
                .post("/api/v1/operations/" + restore + "/release")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Onboarding.finished(compensated, "done");
        assertThat(databases(TenantDatabase.name(slug) + "%")).containsExactly(TenantDatabase.name(slug));
        assertThat(entries(slug)).containsExactly("before");
    }

    private static String at(String slug) {
        return "/api/v1/tenants/" + slug;
    }

    private static String backUp(String slug) {
        var asked = Callers.alice().post(at(slug) + "/backups");
        Onboarding.finished(accepted(asked), "done");
        String id = asked.path("backup");
        Callers.alice()
                .get(at(slug) + "/backups/" + id)
                .then()
                .body("state", is("kept"), "kind", is("manual"))
                .body("bytes", notNullValue(), "takenAt", notNullValue(), "expiresAt", notNullValue());
        return id;
    }

    private static Response restore(RequestSpecification caller, String slug, String backup) {
        return caller.post(at(slug) + "/backups/" + backup + "/restore");
    }

    private static String accepted(Response answer) {
        return answer.then().statusCode(202).extract().path("operation");
    }

    /// Waits until the database that a restore replaced is put away.
    private static String replaced(String slug) {
        Awaitility.await("what was replaced is kept")
                .atMost(Duration.ofMinutes(1))
                .until(() -> backups(slug, "replaced").size() == 1);
        return backups(slug, "replaced").getFirst();
    }

    private static List<String> backups(String slug, String kind) {
        return Callers.alice()
                .get(at(slug) + "/backups")
                .jsonPath()
                .getList("backups.findAll { it.kind == '" + kind + "' && it.state == 'kept' }.id");
    }

    private static void age(String backup) throws SQLException {
        Server.execute(
                "autostack",
                "update tenancy.backup set expires_at = now() - interval '1 minute' where id = '" + backup + "'");
    }

    private static List<String> databases(String like) throws SQLException {
        return Server.texts("postgres", "select datname from pg_database where datname like '" + like + "'");
    }

    private static void write(String slug, String message) throws SQLException {
        try (var inside = inside(slug)) {
            TenantDatabase.execute(
                    inside, "insert into app.guestbook_entry (author, message) values ('Alice', '" + message + "')");
        }
    }

    private static List<String> entries(String slug) throws SQLException {
        try (var inside = inside(slug)) {
            return TenantDatabase.texts(inside, "select message from app.guestbook_entry order by id");
        }
    }

    private static Connection inside(String slug) throws SQLException {
        Map<String, Object> database = Callers.operator().get(at(slug)).path("database");
        return Server.as(
                Callers.application()
                        .get("/api/v1/secrets/" + database.get("secret"))
                        .path("value"),
                String.valueOf(database.get("name")));
    }
}
