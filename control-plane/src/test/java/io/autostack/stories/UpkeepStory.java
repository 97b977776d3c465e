package io.autostack.stories;

import static io.autostack.testing.Upkeep.byHand;
import static io.autostack.testing.Upkeep.findings;
import static io.autostack.testing.Upkeep.reconcile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.autostack.provisioning.plans.Names;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People change things by hand. One run finds it; what is safe to repair is repaired, the rest is said.
@QuarkusTest
class UpkeepStory {

    @BeforeEach
    void what_others_broke_is_repaired() {
        Upkeep.quiesce();
    }

    @Test
    void a_role_dropped_by_hand_comes_back_with_its_database_and_everything_in_it() throws SQLException {
        var slug = tenant();
        write(slug, "before");
        var name = TenantDatabase.name(slug);
        byHand(
                name,
                "create table app.own (id int)",
                "alter table app.own owner to " + name,
                "reassign owned by " + name + " to autostack_provisioner",
                "drop owned by " + name);
        byHand("postgres", "drop role " + name);

        healed(slug);

        assertThat(write(slug, "after")).isEqualTo(2);
        assertThat(text(
                        "select string_agg(distinct pg_get_userbyid(relowner), ',') from pg_class where relnamespace ="
                                + " 'app'::regnamespace",
                        name))
                .isEqualTo(name);
        assertThat(text("select pg_get_userbyid(datdba) from pg_database where datname = '" + name + "'", "postgres"))
                .isEqualTo("autostack_provisioner");
    }

    @Test
    void a_secret_deleted_by_hand_is_replaced_by_new_credentials_that_work() throws SQLException {
        var slug = tenant();
        var before = credentials(slug);
        byHand("autostack", "delete from provisioning.secret where name = 'tenants/" + slug + "/database'");

        healed(slug);

        assertThat(credentials(slug).get("password")).isNotEqualTo(before.get("password"));
        assertThat(write(slug, "after")).isEqualTo(1);
        assertThatThrownBy(() -> Server.as(before, TenantDatabase.name(slug)).close())
                .hasMessageContaining("password");
    }

    @Test
    void a_host_name_deleted_by_hand_leads_to_the_tenant_again() throws SQLException {
        var slug = tenant();
        byHand("autostack", "delete from provisioning.route where host = '" + slug + ".localhost'");
        Callers.operator().get("/api/v1/routes/" + slug + ".localhost").then().statusCode(404);

        healed(slug);

        Callers.operator()
                .get("/api/v1/routes/" + slug + ".localhost")
                .then()
                .statusCode(200)
                .body("slug", is(slug));
    }

    @Test
    void whoever_opened_resized_or_closed_a_database_by_hand_finds_it_as_the_plan_says() throws SQLException {
        var slug = tenant();
        var name = TenantDatabase.name(slug);
        byHand(
                "postgres",
                "grant connect on database " + name + " to public",
                "alter database " + name + " connection limit 0",
                "alter database " + name + " reset statement_timeout",
                "comment on database " + name + " is null",
                "alter database " + name + " allow_connections false");

        reconcile();
        assertThat(findings(slug))
                .extracting(finding -> finding.get("what"))
                .containsExactlyInAnyOrder(
                        "who may connect", "connections", "statement timeout", "database tag", "takes connections");
        repaired(slug);

        assertThat(write(slug, "after")).isEqualTo(1);
        assertThat(text(
                        "select datconnlimit || ' ' || has_database_privilege('public', oid, 'connect') from pg_database"
                                + " where datname = '" + name + "'",
                        "postgres"))
                .isEqualTo("12 false");
    }

    @Test
    void a_repair_is_an_operation_and_stands_in_the_history() throws SQLException {
        var slug = tenant();
        byHand("postgres", "alter database " + TenantDatabase.name(slug) + " connection limit 3");

        var operation = healed(slug);

        Callers.operator()
                .get("/api/v1/operations/" + operation)
                .then()
                .body("kind", is("repair-tenant"), "title", is("Repair " + slug), "steps.name", is(List.of("size")));
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItems("tenant.repair-requested", "tenant.repaired"));
    }

    @Test
    void a_database_dropped_by_hand_is_reported_and_no_empty_one_is_made_in_its_place() throws SQLException {
        var slug = tenant();
        byHand("postgres", "drop database " + TenantDatabase.name(slug) + " with (force)");

        reconcile();
        reconcile();

        assertThat(findings(slug)).singleElement().satisfies(finding -> {
            assertThat(finding).containsEntry("what", "database").containsEntry("found", "missing");
            assertThat(finding.get("advice")).contains("Restore it from a backup");
            assertThat(finding).doesNotContainKeys("repair", "operation");
        });
        assertThat(text(
                        "select count(*)::text from pg_database where datname = '" + TenantDatabase.name(slug) + "'",
                        "postgres"))
                .isEqualTo("0");
        Callers.operator()
                .accept("text/html")
                .get("/upkeep")
                .then()
                .statusCode(200)
                .body(containsString(slug))
                .body(containsString("Restore it from a backup"));
    }

    @Test
    void a_suspended_tenants_database_that_was_opened_by_hand_is_closed_again() throws SQLException {
        var slug = tenant();
        Onboarding.finished(
                Callers.operator()
                        .post("/api/v1/tenants/" + slug + "/suspend")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("operation"),
                "done");
        byHand("postgres", "alter database " + TenantDatabase.name(slug) + " allow_connections true");

        healed(slug);

        assertThatThrownBy(() -> write(slug, "meanwhile")).hasMessageContaining("not currently accepting connections");
    }

    @Test
    void a_password_changed_by_hand_is_found_once_every_tenant_had_its_turn() throws SQLException {
        var slug = tenant();
        byHand("postgres", "alter role " + TenantDatabase.name(slug) + " password 'changed'");
        int tenants = Integer.parseInt(
                text("select count(*)::text from tenancy.tenant where status = 'active'", "autostack"));
        for (int turn = 0; turn <= tenants / 5 && repair(slug).isEmpty(); turn++) reconcile();

        // What only a sign-in tells is put right when the repair ends, which may be before anybody asks.
        assertThat(repair(slug)).isPresent();
        Onboarding.finished(repair(slug).get(), "done");
        assertThat(findings(slug)).isEmpty();
        assertThat(write(slug, "after")).isEqualTo(1);
    }

    @Test
    void a_tenant_about_which_something_is_being_done_is_left_to_it() throws SQLException {
        var slug = tenant();
        var operation = UUID.randomUUID();
        byHand(
                "autostack",
                "insert into provisioning.operation (id, tenant_id, kind, title, request_key, state, facts) select '"
                        + operation + "', id, 'held', 'Held', 'held:" + operation
                        + "', 'running', '{\"slug\": \"" + slug + "\"}' from tenancy.tenant where slug = '" + slug
                        + "'");
        byHand("postgres", "alter database " + TenantDatabase.name(slug) + " connection limit 3");
        try {
            reconcile();
            assertThat(findings(slug)).isEmpty();
        } finally {
            byHand(
                    "autostack",
                    "update provisioning.operation set state = 'done', finished_at = clock_timestamp() where id = '"
                            + operation + "'");
        }
        healed(slug);
    }

    @Test
    void one_run_enqueues_only_so_many_repairs_and_the_next_ones_the_rest() throws SQLException {
        var slugs = new ArrayList<String>();
        for (int i = 0; i < 12; i++) slugs.add(tenant());
        for (var slug : slugs)
            byHand("postgres", "alter database " + TenantDatabase.name(slug) + " connection limit 3");

        assertThat(reconcile().getInt("enqueued")).isBetween(1, 10);
        assertThat(slugs).anyMatch(slug -> findings(slug).getFirst().get("operation") == null);

        Onboarding.quiet();
        reconcile();
        Onboarding.quiet();
        reconcile();
        assertThat(slugs).allMatch(slug -> findings(slug).isEmpty());
    }

    @Test
    void things_of_a_tenant_that_is_not_there_are_found_and_removed_on_request_and_nothing_else_is()
            throws SQLException {
        var gone = UUID.randomUUID();
        var slug = Onboarding.freshSlug();
        var neighbour = tenant();
        var name = Names.database(gone);
        asProvisioner(
                "create role " + name + " login",
                "comment on role " + name + " is 'autostack:tenant=" + gone + "'",
                "create database " + name + " owner " + name,
                "comment on database " + name + " is 'autostack:tenant=" + gone + "'",
                "create role " + name + "_mine");
        byHand(
                "autostack",
                "insert into provisioning.secret (name, version, tenant_id, key_id, sealed, stage) values ('tenants/"
                        + slug + "/database', 1, '" + gone + "', 'none', '', 'current')",
                "insert into provisioning.route (host, tenant_id) values ('" + slug + ".localhost', '" + gone + "')");

        reconcile();

        assertThat(orphans(gone)).containsOnlyKeys("role", "database", "secret", "route");
        Problems.problem(remove(orphans(gone).get("role")), 409, "conflict")
                .body("detail", containsString("Remove its database first"));
        for (var kind : List.of("database", "role", "secret", "route"))
            remove(orphans(gone).get(kind)).then().statusCode(200).body("kind", is(kind));

        assertThat(orphans(gone)).isEmpty();
        assertThat(text("select count(*)::text from pg_roles where rolname like '" + name + "%'", "postgres"))
                .isEqualTo("1");
        assertThat(write(neighbour, "still here")).isEqualTo(1);
        Callers.operator()
                .get("/api/v1/audit-events?object=" + name)
                .then()
                .body("events.action", hasItems("orphan.removal-requested", "orphan.removed"));
        byHand("postgres", "drop role " + name + "_mine");
    }

    @Test
    void an_orphan_that_somebody_owns_by_now_is_not_removed() throws SQLException {
        var gone = UUID.randomUUID();
        var slug = tenant();
        var host = Onboarding.freshSlug() + ".localhost";
        byHand("autostack", "insert into provisioning.route (host, tenant_id) values ('" + host + "', '" + gone + "')");
        reconcile();
        var orphan = orphans(gone).get("route");
        byHand(
                "autostack",
                "update provisioning.route set tenant_id = (select id from tenancy.tenant where slug = '" + slug
                        + "') where host = '" + host + "'");

        remove(orphan).then().statusCode(200);

        assertThat(text("select count(*)::text from provisioning.route where host = '" + host + "'", "autostack"))
                .isEqualTo("1");
    }

    @Test
    void this_is_for_operators() {
        for (var person : List.of("finance", "author", "alice")) {
            for (var path : List.of("findings", "orphans", "capacity"))
                Problems.problem(Callers.person(person).get("/api/v1/" + path), 403, "not-allowed");
            Problems.problem(Callers.person(person).post("/api/v1/reconciliations"), 403, "not-allowed");
            Callers.person(person).accept("text/html").get("/upkeep").then().statusCode(403);
        }
        Problems.notFound(remove(UUID.randomUUID().toString()));
        Problems.notFound(remove("nonsense"));
    }

    private static String tenant() {
        return Onboarding.activeTenant("starter", "alice@example.com");
    }

    /// One run finds it, its operation mends it, and the next run finds nothing.
    private static String healed(String slug) {
        reconcile();
        return repaired(slug);
    }

    private static String repaired(String slug) {
        var found = findings(slug);
        assertThat(found).isNotEmpty().allMatch(finding -> finding.containsKey("operation"));
        var operation = Objects.requireNonNull(found.getFirst().get("operation"));
        Onboarding.finished(operation, "done");
        reconcile();
        assertThat(findings(slug)).isEmpty();
        return operation;
    }

    /// The operation that repairs the tenant, once it is promised.
    private static Optional<String> repair(String slug) throws SQLException {
        return Optional.of(text(
                        "select coalesce(max(o.id::text), '') from provisioning.operation o join tenancy.tenant t"
                                + " on t.id = o.tenant_id where o.kind = 'repair-tenant' and t.slug = '" + slug + "'",
                        "autostack"))
                .filter(found -> !found.isEmpty());
    }

    /// Ids of the orphans tagged with a tenant, by kind.
    private static Map<String, String> orphans(UUID tagged) {
        var found = new HashMap<String, String>();
        for (Map<String, String> orphan : Callers.operator()
                .get("/api/v1/orphans")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, String>>getList("orphans.findAll { it.tagged == '" + tagged + "' }"))
            found.put(orphan.get("kind"), orphan.get("id"));
        return found;
    }

    private static Response remove(@Nullable String orphan) {
        return Callers.operator().post("/api/v1/orphans/" + orphan + "/remove");
    }

    private static void asProvisioner(String... statements) throws SQLException {
        try (var connection = Server.asProvisioner();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static Map<String, String> credentials(String slug) {
        return Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/database")
                .then()
                .statusCode(200)
                .extract()
                .path("value");
    }

    /// @return how many entries there are now
    private static int write(String slug, String message) throws SQLException {
        try (var connection = Server.as(credentials(slug), TenantDatabase.name(slug));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into app.guestbook_entry (author, message) values ('Alice', '" + message + "')");
            try (var count = statement.executeQuery("select count(*) from app.guestbook_entry")) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    private static String text(String query, String database) throws SQLException {
        return Server.texts(database, query).getFirst();
    }
}
