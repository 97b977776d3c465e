package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.testing.Callers;
import io.autostack.testing.Moving;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A proof of concept becomes production while people write, with nothing lost; and there is a way back until the old
/// database is gone.
@QuarkusTest
class MoveStory {

    private final Instance<PeriodicTask> periodic;

    @Inject
    MoveStory(@Any Instance<PeriodicTask> periodic) {
        this.periodic = periodic;
    }

    @Test
    void everything_that_was_acknowledged_is_in_production_and_the_old_database_is_closed() throws Exception {
        var slug = poc();
        var application = new TenantApplication(slug);
        for (int i = 0; i < 20; i++) application.write("before " + i);
        try (var writer = Writer.on(application)) {
            Awaitility.await("the writer writes")
                    .until(() -> writer.acknowledged().size() > 5);

            var operation = accepted(Moving.ask(slug, "shared", Moving.CONFIRMED));
            Onboarding.finished(operation, "done")
                    .then()
                    .body("steps.find { it.name == 'compare' }.evidence.compared", containsString("are equal"));
            int atCutOver = writer.acknowledged().size();
            Awaitility.await("the writer goes on")
                    .until(() -> writer.acknowledged().size() > atCutOver + 5);
            writer.stop();

            assertThat(application.messages()).containsAll(writer.acknowledged());
            assertThat(writer.acknowledged()).as("each once").doesNotHaveDuplicates();
        }

        Callers.operator()
                .get("/api/v1/tenants/" + slug)
                .then()
                .body(
                        "environment",
                        is("production"),
                        "database.name",
                        containsString(TenantDatabase.name(slug) + "__"));
        readiness(slug)
                .then()
                .body("move.state", is("moved"))
                .body("move.pauseMs", greaterThan(0))
                .body("move.keepUntil", notNullValue())
                .body("move.monthlyBefore", is(55.52f), "move.monthlyAfter", is(122.51f));
        assertThat(connectionsAllowed(TenantDatabase.name(slug))).isFalse();
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItems("tenant.move-requested", "tenant.moved-to-production"));
    }

    @Test
    void the_way_back_takes_along_what_was_written_in_production() throws SQLException {
        var slug = poc();
        var application = new TenantApplication(slug);
        application.write("before");
        Onboarding.finished(accepted(Moving.ask(slug, "shared", Moving.CONFIRMED)), "done");
        application.write("in production");

        Onboarding.finished(accepted(Moving.ask(slug, "roll-back")), "done");
        application.write("after");

        Callers.operator()
                .get("/api/v1/tenants/" + slug)
                .then()
                .body("environment", is("poc"), "database.name", is(TenantDatabase.name(slug)));
        assertThat(application.messages()).containsExactly("before", "in production", "after");
        readiness(slug).then().body("move.state", is("rolled-back"));
        Onboarding.quiet();
        assertThat(databases(TenantDatabase.name(slug) + "\\_\\_%")).isZero();
        Problems.problem(Moving.ask(slug, "roll-back"), 409, "conflict");
    }

    @Test
    void after_its_time_the_old_database_is_removed_and_nothing_leads_back() throws SQLException {
        var slug = poc();
        var application = new TenantApplication(slug);
        application.write("kept");
        Onboarding.finished(accepted(Moving.ask(slug, "shared", Moving.CONFIRMED)), "done");
        try (var admin = Server.asSuperuser("autostack");
                var back = admin.prepareStatement("update moves.move set keep_until = now() where slug = ?")) {
            back.setString(1, slug);
            assertThat(back.executeUpdate()).isEqualTo(1);
        }

        periodic.stream().filter(run -> run.name().equals("end-fallbacks")).forEach(PeriodicTask::run);
        Onboarding.quiet();

        readiness(slug).then().body("move.state", is("decommissioned"));
        assertThat(databases(TenantDatabase.name(slug))).isZero();
        Problems.notFound(Callers.application().get("/api/v1/secrets/tenants/" + slug + "/database"));
        assertThat(application.messages()).containsExactly("kept");
        Problems.problem(Moving.ask(slug, "roll-back"), 409, "conflict");
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItem("tenant.decommissioned"));
    }

    @Test
    void the_final_snapshot_is_a_backup_that_can_be_restored_and_has_its_time() throws SQLException {
        var slug = poc();
        var application = new TenantApplication(slug);
        application.write("last words");
        Onboarding.finished(accepted(Moving.ask(slug, "dedicated", Moving.CONFIRMED)), "done");
        application.write("in production");

        var kept = Callers.operator()
                .get("/api/v1/tenants/" + slug + "/backups")
                .then()
                .body("backups.kind", is(List.of("replaced")), "backups.state", is(List.of("kept")))
                .body("backups[0].database", is(TenantDatabase.name(slug)))
                .extract()
                .jsonPath();
        assertThat(Duration.between(
                        Instant.parse(kept.getString("backups[0].takenAt")),
                        Instant.parse(kept.getString("backups[0].expiresAt"))))
                .isEqualTo(Duration.ofDays(7));

        var backup = "/api/v1/tenants/" + slug + "/backups/" + kept.getString("backups[0].id");
        Onboarding.finished(accepted(Callers.operator().post(backup + "/restore")), "done");
        Onboarding.quiet();
        assertThat(application.messages()).containsExactly("last words");

        Onboarding.finished(accepted(Moving.ask(slug, "decommission")), "done");
        Onboarding.finished(accepted(Callers.operator().delete(backup)), "done");
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        assertThat(count("select count(*) from pg_database where starts_with(shobj_description(oid, 'pg_database'),"
                        + " 'autostack:tenant=" + id + "')"))
                .as("on the shared server")
                .isZero();
    }

    @Test
    void it_can_move_to_a_server_of_its_own_and_back() throws SQLException {
        var slug = poc();
        var application = new TenantApplication(slug);
        for (int i = 0; i < 50; i++) application.write("row " + i);

        Onboarding.finished(accepted(Moving.ask(slug, "dedicated", Moving.CONFIRMED)), "done");
        application.write("in production");

        Callers.operator().get("/api/v1/tenants/" + slug).then().body("placement", is("dedicated"));
        assertThat(application.messages()).hasSize(51).contains("row 0", "row 49", "in production");
        assertThat(databases(TenantDatabase.name(slug) + "\\_\\_%"))
                .as("on the shared server")
                .isZero();
        Onboarding.finished(accepted(Moving.ask(slug, "roll-back")), "done");
        assertThat(application.messages()).hasSize(51).contains("in production");
        Callers.operator().get("/api/v1/tenants/" + slug).then().body("placement", is("shared"));
    }

    @Test
    void what_cannot_be_carried_to_another_server_leaves_the_proof_of_concept_as_it_was() throws SQLException {
        var slug = poc();
        var application = new TenantApplication(slug);
        application.run("create table app.own (id int)");

        Onboarding.finished(accepted(Moving.ask(slug, "dedicated", Moving.CONFIRMED)), "failed")
                .then()
                .body("message", containsString("app.own"));
        Onboarding.quiet();

        application.write("goes on");
        assertThat(application.messages()).containsExactly("goes on");
        readiness(slug).then().body("environment", is("poc"), "move.state", is("undone"));
        application.run("drop table app.own; create index own on app.guestbook_entry (author)");
        Onboarding.finished(accepted(Moving.ask(slug, "dedicated", Moving.CONFIRMED)), "failed")
                .then()
                .body("message", containsString("an index, view, function"));
        Onboarding.quiet();
        application.run("drop index app.own; select lo_create(4711)");
        Onboarding.finished(accepted(Moving.ask(slug, "dedicated", Moving.CONFIRMED)), "failed")
                .then()
                .body("message", containsString("large objects"));
        Onboarding.quiet();

        Onboarding.finished(accepted(Moving.ask(slug, "shared", Moving.CONFIRMED)), "done");
        assertThat(application.messages()).containsExactly("goes on");
        application.run("select lo_unlink(4711)");
    }

    @Test
    void who_is_not_ready_is_told_everything_that_is_open_and_nothing_happens() {
        var slug = poc();

        Problems.problem(Moving.ask(slug, "shared", List.of("on-call")), 409, "conflict")
                .body("readiness.name", hasItems("load-test", "communication"));

        readiness(slug).then().body("environment", is("poc"), "ready", is(false));
        Problems.field(Moving.ask(slug, "shared", List.of("nonsense")), "confirmed");
        Problems.field(Moving.ask(slug, "cloudy", Moving.CONFIRMED), "database");
    }

    @Test
    void the_schema_and_the_room_on_the_disk_are_looked_at() throws SQLException {
        var slug = poc();
        readiness(slug)
                .then()
                .body(
                        "readiness.find { it.name == 'schema' }.answer",
                        is("met"),
                        "readiness.find { it.name == 'room' }.answer",
                        is("met"));

        history(slug, "set success = false");

        Problems.problem(Moving.ask(slug, "shared", Moving.CONFIRMED), 409, "conflict")
                .body("readiness.name", hasItem("schema"))
                .body("readiness[0].remedy", containsString("It is at version 0, and new tenants begin at"));
        history(slug, "set success = true");
        Onboarding.finished(accepted(Moving.ask(slug, "shared", Moving.CONFIRMED)), "done");
    }

    @Test
    void production_does_not_move_there_and_nobody_elses_tenant_does() {
        var production = Onboarding.activeTenant("starter", "alice@example.com");
        var foreign = Onboarding.activeTenant("starter", "sales@example.com");

        Problems.problem(Moving.ask(production, "shared", Moving.CONFIRMED), 409, "conflict")
                .body("detail", containsString("in production already"));
        Problems.problem(
                Callers.alice()
                        .contentType("application/json")
                        .body(Map.of("confirmed", Moving.CONFIRMED))
                        .post("/api/v1/tenants/" + production + "/move"),
                403,
                "not-allowed");
        Problems.notFound(Callers.alice().get("/api/v1/tenants/" + foreign + "/move"));
        Problems.problem(Moving.ask(production, "roll-back"), 409, "conflict");
        Problems.problem(Moving.ask(production, "decommission"), 409, "conflict");
    }

    @Test
    void of_two_who_ask_at_once_one_moves_and_the_other_is_led_to_that() throws Exception {
        var slug = poc();
        try (var two = Executors.newFixedThreadPool(2)) {
            Callable<Response> ask = () -> Moving.ask(slug, "shared", Moving.CONFIRMED);
            var statuses = new ArrayList<Integer>();
            for (var answer : two.invokeAll(List.of(ask, ask)))
                statuses.add(answer.get().statusCode());
            assertThat(statuses).containsExactlyInAnyOrder(202, 409);
        }
        Onboarding.quiet();
        readiness(slug).then().body("move.state", is("moved"));
    }

    @Test
    void the_page_shows_the_list_the_prices_and_the_ways_back() {
        var slug = poc();
        Callers.operator()
                .accept("text/html")
                .get("/tenants/" + slug + "/move")
                .then()
                .statusCode(200)
                .body(containsString("Move to production"), containsString("$122.51"), containsString("load test"));

        var answer = Callers.operator()
                .accept("text/html")
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParam("confirmed", Moving.CONFIRMED)
                .post("/tenants/" + slug + "/move");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        Onboarding.finished(answer.header("Location").replaceAll(".*/", ""), "done");

        Callers.operator()
                .accept("text/html")
                .get("/tenants/" + slug + "/move")
                .then()
                .body(containsString("Go back to the old database"), containsString("Decommission"));
    }

    private static String poc() {
        var slug = Onboarding.freshSlug();
        Onboarding.finished(accepted(Moving.askForPoc(slug)), "done");
        return slug;
    }

    private static String accepted(Response answer) {
        return answer.then().statusCode(202).extract().path("operation");
    }

    private static Response readiness(String slug) {
        return Callers.operator().get("/api/v1/tenants/" + slug + "/move");
    }

    private static boolean connectionsAllowed(String database) throws SQLException {
        return count("select count(*) from pg_database where datallowconn and datname = '" + database + "'") == 1;
    }

    private static long databases(String like) throws SQLException {
        return count("select count(*) from pg_database where datname like '" + like + "'");
    }

    /// Of the migrations that its schema has had.
    private static void history(String slug, String change) throws SQLException {
        try (var inside = Server.asSuperuser(TenantDatabase.name(slug));
                var statement = inside.createStatement()) {
            statement.executeUpdate("update autostack.flyway_schema_history " + change);
        }
    }

    private static long count(String query) throws SQLException {
        return Long.parseLong(Server.texts("postgres", query).getFirst());
    }
}
