package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.OwnFleet;
import io.autostack.testing.RollingOut;
import io.autostack.testing.RollingOut.Part;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An operator brings a new version of the schema to every tenant: to one, to a tenth, to the rest.
@QuarkusTest
@Tag("own-platform")
@TestProfile(OwnFleet.class)
class FleetStory {

    private List<String> tenants = List.of();

    @BeforeEach
    void a_dozen_tenants() {
        tenants = OwnFleet.tenants();
    }

    @Test
    void a_new_version_comes_to_one_tenant_alone_then_to_a_tenth_then_to_all() throws SQLException {
        var suspended = tenants.get(5);
        change(suspended, "suspend");
        var before = RollingOut.schemas().jsonPath().getString("first");
        var version = OwnFleet.version("alter table app.guestbook_entry add column answer text;\n"
                + "create view app.answered as select id from app.guestbook_entry where answer is not null;");
        RollingOut.schemas()
                .then()
                .body("versions[0].version", is(version), "versions[0].tenants", is(0), "first", is(before));

        var rollout = RollingOut.started(Map.of("canary", tenants.get(3)));
        RollingOut.ended(rollout, "done").then().body("version", is(version), "failed", is(empty()));

        var parts = RollingOut.parts(rollout);
        assertThat(parts).hasSize(tenants.size()).allMatch(part -> part.state().equals("done"));
        assertThat(tenants(parts, 1)).containsExactly(tenants.get(3));
        assertThat(tenants(parts, 2)).containsExactly(tenants.get(0), tenants.get(1));
        assertThat(ended(parts, 1)).isBeforeOrEqualTo(begun(parts, 2));
        assertThat(ended(parts, 2)).isBeforeOrEqualTo(begun(parts, 3));
        RollingOut.readAgain()
                .then()
                .body(
                        "first", is(version),
                        "versions[0].tenants", is(tenants.size()),
                        "versions[0].fingerprints", hasSize(1),
                        "drift", is(empty()));
        assertThat(ownersOfEverything(tenants.get(3))).containsExactly(TenantDatabase.name(tenants.get(3)));
        assertThatThrownBy(() -> RollingOut.asTenant(suspended, "select 1")).isInstanceOf(SQLException.class);
        change(suspended, "resume");
        RollingOut.asTenant(suspended, "select id from app.answered");
        assertThat(Server.texts("postgres", "select datname from pg_database where datname like 'autostack_template%'"))
                .containsExactly("autostack_template_v" + version + "-2");

        var fresh = Onboarding.activeTenant("starter", "alice@example.com");
        tenants.add(fresh);
        RollingOut.asTenant(fresh, "select id from app.answered");
        RollingOut.readAgain().then().body("versions[0].fingerprints", hasSize(1));
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + fresh)
                .then()
                .body("events.action", not(hasItem("tenant.schema-migrated")));
    }

    @Test
    void the_first_failure_stops_it_with_the_tenant_named_and_it_goes_on_once_that_is_mended() throws SQLException {
        var troubled = tenants.get(1);
        RollingOut.asTenant(
                troubled, "insert into app.guestbook_entry (author, message) values ('Twice', 'a'), ('Twice', 'b')");
        var before = RollingOut.schemas().jsonPath().getString("first");
        var version = OwnFleet.version(
                "create unique index guestbook_entry_once on app.guestbook_entry (author, written_at);\n"
                        + "alter table app.guestbook_entry add column rating integer;");

        var rollout = RollingOut.started(Map.of());
        var stopped = RollingOut.ended(rollout, "stopped");

        stopped.then()
                .body(
                        "message", containsString(troubled),
                        "message", containsString("could not create unique index"),
                        "message", not(containsString("Twice")),
                        "failed", hasSize(1),
                        "failed[0].tenant", is(troubled),
                        "failed[0].fromVersion", is(before));
        Onboarding.finished(stopped.path("failed[0].operation"), "failed");
        assertThat(RollingOut.parts(rollout).stream().filter(part -> part.wave() == 3))
                .isNotEmpty()
                .allMatch(part -> part.state().equals("waiting"));
        RollingOut.readAgain().then().body("first", is(before), "drift", is(empty()));
        RollingOut.asTenant(troubled, "insert into app.guestbook_entry (author, message) values ('Still', 'at work')");

        RollingOut.steer(rollout, "resume").then().statusCode(200);
        RollingOut.ended(rollout, "stopped").then().body("failed[0].tenant", is(troubled));
        RollingOut.asTenant(troubled, "delete from app.guestbook_entry where message = 'b'");
        RollingOut.steer(rollout, "resume").then().statusCode(200);
        RollingOut.ended(rollout, "done");

        RollingOut.readAgain()
                .then()
                .body("first", is(version), "versions[0].tenants", is(tenants.size()), "drift", is(empty()));
    }

    @Test
    void it_waits_for_who_is_at_work_pauses_in_the_middle_and_forgets_nobody_who_comes_meanwhile() throws SQLException {
        var version = OwnFleet.version("alter table app.guestbook_entry add column mood text;");
        try (var busy = RollingOut.connect(tenants.getFirst());
                var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table app.guestbook_entry in access exclusive mode");

            var rollout = RollingOut.started(Map.of("version", version));
            tenants.add(Onboarding.activeTenant("starter", "alice@example.com"));
            Awaitility.await("the canary waits for its own work")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> isBusy(RollingOut.parts(rollout).getFirst()));
            RollingOut.steer(rollout, "pause").then().statusCode(200).body("state", is("paused"));
            RollingOut.ask(Map.of()).then().statusCode(409).body("detail", containsString("under way"));
            RollingOut.steer(rollout, "pause").then().statusCode(409);
            busy.rollback();

            RollingOut.ended(rollout, "paused");
            assertThat(RollingOut.parts(rollout).stream().filter(part -> part.wave() > 1))
                    .allMatch(part -> part.state().equals("waiting"));
            RollingOut.steer(rollout, "resume").then().statusCode(200);
            RollingOut.ended(rollout, "done");
        }
        RollingOut.readAgain()
                .then()
                .body(
                        "versions[0].version", is(version),
                        "versions[0].tenants", is(tenants.size()),
                        "versions[0].fingerprints", hasSize(1));
        RollingOut.ask(Map.of()).then().statusCode(409).body("detail", containsString("already"));
    }

    @Test
    void who_changes_a_schema_by_hand_is_shown() throws SQLException {
        RollingOut.asTenant(tenants.get(2), "alter table app.guestbook_entry add column sneaky integer");

        RollingOut.readAgain().then().body("drift", hasSize(1), "drift[0].tenant", is(tenants.get(2)));
        assertThat(page("/fleet")).contains("Drift", tenants.get(2));

        RollingOut.asTenant(tenants.get(2), "alter table app.guestbook_entry drop column sneaky");
        RollingOut.readAgain().then().body("drift", is(empty()));
    }

    @Test
    void a_version_that_does_not_fit_an_empty_database_reaches_no_tenant() {
        var version = OwnFleet.version("alter table app.no_such_table add column x text;");

        var rollout = RollingOut.started(Map.of("version", version));

        RollingOut.ended(rollout, "stopped").then().body("message", containsString("No tenant was touched"));
        assertThat(RollingOut.parts(rollout)).allMatch(part -> part.state().equals("waiting"));
        assertThat(page("/fleet/" + rollout)).contains("No tenant was touched", "Resume", "Abandon");
        RollingOut.steer(rollout, "abandon").then().statusCode(200).body("state", is("abandoned"));
        RollingOut.steer(rollout, "resume").then().statusCode(409);
        assertThat(RollingOut.parts(rollout)).allMatch(part -> part.state().equals("skipped"));
        OwnFleet.removeVersion(version);
    }

    @Test
    void who_comes_while_the_first_version_cannot_be_made_is_told_why_and_goes_on_once_its_file_is_back()
            throws SQLException {
        var sql = "alter table app.guestbook_entry add column handwriting text;";
        var version = OwnFleet.version(sql);
        RollingOut.ended(RollingOut.started(Map.of("version", version)), "done");
        OwnFleet.removeVersion(version);
        Server.execute("postgres", "drop database \"autostack_template_v" + version + "-2\"");
        var slug = Onboarding.freshSlug();

        var operation = Onboarding.accepted(Onboarding.ask(slug, "starter", "alice@example.com"));

        Onboarding.finished(operation, "failed")
                .then()
                .body("message", containsString(version), "message", containsString("then retry"));
        OwnFleet.putBack(version, sql);
        Callers.operator().post("/api/v1/tenants/" + slug + "/retry").then().statusCode(202);
        Onboarding.finished(operation, "done");
        RollingOut.asTenant(slug, "select handwriting from app.guestbook_entry");
        tenants.add(slug);
    }

    @Test
    void what_cannot_be_rolled_out_is_refused_and_nothing_changes() {
        var before = rollouts();
        RollingOut.ask(Map.of("version", "7")).then().statusCode(422).body("errors[0].field", is("version"));
        RollingOut.ask(Map.of("version", "202611201000", "canary", "no-such-tenant"))
                .then()
                .statusCode(oneOf(409, 422));
        RollingOut.steer("no-such-rollout", "pause").then().statusCode(404);
        OwnFleet.write("V8_wrong.sql", "select 1;");
        RollingOut.ask(Map.of()).then().statusCode(409).body("detail", containsString("V8_wrong.sql"));
        RollingOut.schemas().then().statusCode(200).body("problem", containsString("V8_wrong.sql"));
        assertThat(page("/fleet")).contains("V8_wrong.sql");
        OwnFleet.remove("V8_wrong.sql");
        assertThat(rollouts()).isEqualTo(before);
    }

    @Test
    void an_older_version_than_tenants_have_is_refused() {
        var version = OwnFleet.version("comment on table app.guestbook_entry is 'again';");
        RollingOut.ended(RollingOut.started(Map.of("version", version)), "done");

        RollingOut.ask(Map.of("version", "202611201000"))
                .then()
                .statusCode(422)
                .body("errors[0].message", containsString("no way back"));
    }

    @Test
    void it_is_the_operators_alone() {
        for (var path : List.of("/api/v1/schema-versions", "/api/v1/rollouts")) {
            Callers.alice().get(path).then().statusCode(403);
            Callers.finance().get(path).then().statusCode(403);
        }
        Callers.alice().accept("text/html").get("/fleet").then().statusCode(403);
        Callers.alice()
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/rollouts")
                .then()
                .statusCode(403);
    }

    private static boolean isBusy(Part canary) {
        if (canary.operation().isEmpty()) return false;
        var message = Callers.operator()
                .get("/api/v1/operations/" + canary.operation())
                .jsonPath()
                .getString("message");
        return message != null && message.contains("in use");
    }

    private static void change(String slug, String change) {
        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/tenants/" + slug + "/" + change)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");
    }

    private static int rollouts() {
        return Callers.operator()
                .get("/api/v1/rollouts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("rollouts")
                .size();
    }

    private static String page(String path) {
        return Callers.operator()
                .accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> tenants(List<Part> parts, int wave) {
        return parts.stream()
                .filter(part -> part.wave() == wave)
                .map(Part::tenant)
                .toList();
    }

    private static Instant ended(List<Part> parts, int wave) {
        return moments(parts, wave, "finishedAt").max(Instant::compareTo).orElseThrow();
    }

    private static Instant begun(List<Part> parts, int wave) {
        return moments(parts, wave, "startedAt").min(Instant::compareTo).orElseThrow();
    }

    private static Stream<Instant> moments(List<Part> parts, int wave, String which) {
        return parts.stream()
                .filter(part -> part.wave() == wave)
                .map(part -> Callers.operator()
                        .get("/api/v1/operations/" + part.operation())
                        .jsonPath()
                        .getString(which))
                .map(Instant::parse);
    }

    private static List<String> ownersOfEverything(String slug) throws SQLException {
        return Server.texts(TenantDatabase.name(slug), """
                select distinct pg_get_userbyid(c.relowner) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'app'
                """);
    }
}
