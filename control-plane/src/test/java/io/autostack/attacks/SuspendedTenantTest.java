package io.autostack.attacks;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the platform has decided about a tenant, its administrators cannot take back: not by letting something go on
/// that failed earlier, and not by asking for something just before its turn comes.
@QuarkusTest
class SuspendedTenantTest {

    private static final List<String> BUILDING = List.of(
            "restore-tenant",
            "deploy-stack",
            "change-plan",
            "add-domain",
            "rotate-credentials",
            "move-to-production",
            "roll-back-move",
            "repair-tenant");

    @Test
    void who_may_not_ask_for_an_operation_may_not_let_one_go_on_either() throws SQLException {
        var slug = active();
        var name = TenantDatabase.name(slug);
        Onboarding.finished(operation(suspend(slug)), "done");
        Server.execute("postgres", "alter database " + name + " rename to away_" + slug);
        String resumption = operation(Callers.operator().post("/api/v1/tenants/" + slug + "/resume"));
        Onboarding.finished(resumption, "failed");
        Server.execute("postgres", "alter database away_" + slug + " rename to " + name);

        problem(retry(Callers.alice(), resumption), 403, "not-allowed");
        assertThat(Callers.alice()
                        .accept("text/html")
                        .get("/operations/" + resumption)
                        .asString())
                .doesNotContain(resumption + "/retry");
        assertThat(Callers.alice()
                        .accept("text/html")
                        .post("/operations/" + resumption + "/retry")
                        .statusCode())
                .isEqualTo(403);
        assertThat(isOpen(name)).isFalse();

        retry(Callers.operator(), resumption).then().statusCode(202);
        Onboarding.finished(resumption, "done");
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
    }

    @Test
    void what_failed_before_a_suspension_neither_builds_nor_opens_anything_during_it() throws SQLException {
        var slug = active();
        var failed = new ArrayList<String>();
        for (var kind : BUILDING) failed.add(noted(slug, kind, "failed"));
        String suspension;
        try (var other = new UnderWay(slug, "back-up-tenant")) {
            suspension = operation(suspend(slug));
            for (var operation : failed) refused(operation);
            assertThat(other.isThere()).isTrue();
        }
        Onboarding.finished(suspension, "done");

        for (var operation : failed) refused(operation);
        for (var operation : failed)
            Ending.inControlPlane("delete from provisioning.operation where id = '" + operation + "'");
    }

    private static void refused(String operation) {
        problem(retry(Callers.operator(), operation), 409, "conflict").body("detail", containsString("suspended"));
        problem(
                Callers.operator()
                        .contentType("application/json")
                        .body(Map.of("reason", "none"))
                        .post("/api/v1/operations/" + operation + "/skip"),
                409,
                "conflict");
    }

    @Test
    void what_is_asked_for_while_a_suspension_waits_for_its_turn_is_refused() throws SQLException {
        var slug = active();
        var plan = Deploying.plan(Callers.alice(), slug, "Shop");
        String suspension;
        try (var other = new UnderWay(slug, "back-up-tenant")) {
            suspension = operation(suspend(slug));

            problem(Deploying.approve(Callers.alice(), slug, plan), 409, "conflict");
            problem(
                    Callers.alice()
                            .contentType("application/json")
                            .body(Map.of("plan", "professional"))
                            .put("/api/v1/tenants/" + slug + "/plan"),
                    409,
                    "conflict");
            problem(Callers.alice().post("/api/v1/tenants/" + slug + "/rotate-credentials"), 409, "conflict");
            problem(Callers.operator().post("/api/v1/tenants/" + slug + "/repair"), 409, "conflict");
            assertThat(other.isThere()).isTrue();
        }
        Onboarding.finished(suspension, "done");
        assertThat(isOpen(TenantDatabase.name(slug))).isFalse();
    }

    @Test
    void an_old_operation_that_goes_on_again_is_still_in_the_way_of_its_rivals() throws SQLException {
        var slug = active();
        try (var old = new UnderWay(slug, "restore-tenant")) {
            Ending.inControlPlane("insert into provisioning.operation"
                    + " (id, tenant_id, kind, title, request_key, facts, state, created_at)"
                    + " select gen_random_uuid(), id, 'back-up-tenant', 'Back up', slug || n, '{}', 'done',"
                    + " now() + n * interval '1 millisecond' from tenancy.tenant, generate_series(1, 60) n"
                    + " where slug = '" + slug + "'");

            problem(Callers.alice().post("/api/v1/tenants/" + slug + "/rotate-credentials"), 409, "conflict");
            problem(
                    Callers.alice()
                            .contentType("application/json")
                            .body(Map.of("plan", "professional"))
                            .put("/api/v1/tenants/" + slug + "/plan"),
                    409,
                    "conflict");
            assertThat(old.isThere()).isTrue();
        }
    }

    private static String active() {
        return Onboarding.activeTenant("starter", "alice@example.com");
    }

    private static Response suspend(String slug) {
        return Callers.operator().post("/api/v1/tenants/" + slug + "/suspend");
    }

    private static String operation(Response accepted) {
        return accepted.then().statusCode(202).extract().path("operation");
    }

    private static Response retry(RequestSpecification caller, String operation) {
        return caller.post("/api/v1/operations/" + operation + "/retry");
    }

    private static boolean isOpen(String database) throws SQLException {
        return Server.texts("postgres", "select datallowconn::text from pg_database where datname = '" + database + "'")
                .equals(List.of("true"));
    }

    /// An operation as the ledger has it, which nobody works on.
    private static String noted(String slug, String kind, String state) throws SQLException {
        Ending.inControlPlane("insert into provisioning.operation"
                + " (id, tenant_id, kind, title, request_key, facts, state)"
                + " select gen_random_uuid(), id, '" + kind + "', 'Noted', '" + kind + ":' || slug,"
                + " '{\"app\": \"shop\", \"slug\": \"" + slug + "\"}', '" + state + "' from tenancy.tenant"
                + " where slug = '" + slug + "'");
        return Server.texts(
                        "autostack",
                        "select id::text from provisioning.operation where request_key = '" + kind + ":" + slug + "'")
                .getFirst();
    }

    /// Something of a tenant that has not ended, in whose way nobody gets.
    private static final class UnderWay implements AutoCloseable {

        private final String id;

        UnderWay(String slug, String kind) throws SQLException {
            id = noted(slug, kind, "running");
        }

        boolean isThere() throws SQLException {
            return !Server.texts("autostack", "select id::text from provisioning.operation where id = '" + id + "'")
                    .isEmpty();
        }

        @Override
        public void close() throws SQLException {
            Ending.inControlPlane("delete from provisioning.operation where id = '" + id + "'");
        }
    }
}
