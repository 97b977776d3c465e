package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a person may do at a tenant, by the grade of the membership there: every address that belongs to a tenant is
/// asked by people of every grade. A new address fails this test until its grade is said here.
@QuarkusTest
class GradesTest {

    private static final String VIEWER = "viewer";
    private static final String MEMBER = "member";
    private static final String ADMIN = "admin";
    private static final String OWNER = "owner";

    /// No grade is enough: it needs a role of the platform.
    private static final String OPERATOR = "operator";

    /// From the least to the most.
    private static final List<String> GRADES = List.of(VIEWER, MEMBER, ADMIN, OWNER);

    /// The addresses below a tenant's, and those of its operations, by the least grade that each takes.
    private static final Map<String, String> BY_GRADE =
            Map.of(VIEWER, """
            GET /api/v1/operations/{id}
            GET /api/v1/operations/{id}/ledger
            GET /api/v1/tenants/{tenant}
            GET /api/v1/tenants/{tenant}/backups
            GET /api/v1/tenants/{tenant}/backups/{backup}
            GET /api/v1/tenants/{tenant}/certificate
            GET /api/v1/tenants/{tenant}/closing
            GET /api/v1/tenants/{tenant}/deployment-plans/{plan}
            GET /api/v1/tenants/{tenant}/deployments
            GET /api/v1/tenants/{tenant}/deployments/{deployment}
            GET /api/v1/tenants/{tenant}/domains
            GET /api/v1/tenants/{tenant}/domains/{domain}
            GET /api/v1/tenants/{tenant}/plan-changes
            GET /api/v1/tenants/{tenant}/restore-drills
            GET /api/v1/tenants/{tenant}/usage
            GET /operations/{id}
            GET /operations/{id}/events
            GET /operations/{id}/ledger
            GET /tenants/{tenant}
            GET /tenants/{tenant}/backups
            GET /tenants/{tenant}/certificate
            GET /tenants/{tenant}/deployments/{deployment}
            GET /tenants/{tenant}/usage
            """, MEMBER, """
            POST /api/v1/tenants/{tenant}/deployment-plans
            POST /api/v1/tenants/{tenant}/deployments
            GET /api/v1/tenants/{tenant}/deployments/{deployment}/containers/{container}/log
            POST /api/v1/tenants/{tenant}/limits/check
            GET /tenants/{tenant}/deploy/{template}
            POST /tenants/{tenant}/deployment-plans
            GET /tenants/{tenant}/deployment-plans/{plan}
            POST /tenants/{tenant}/deployments
            GET /tenants/{tenant}/deployments/{deployment}/containers/{container}/log
            """, ADMIN, """
            POST /api/v1/operations/{id}/retry
            POST /api/v1/tenants/{tenant}/backups
            DELETE /api/v1/tenants/{tenant}/backups/{backup}
            POST /api/v1/tenants/{tenant}/backups/{backup}/restore
            POST /api/v1/tenants/{tenant}/domains
            DELETE /api/v1/tenants/{tenant}/domains/{domain}
            POST /api/v1/tenants/{tenant}/domains/{domain}/verify
            GET /api/v1/tenants/{tenant}/export
            GET /api/v1/tenants/{tenant}/move
            PUT /api/v1/tenants/{tenant}/plan
            POST /api/v1/tenants/{tenant}/retry
            POST /api/v1/tenants/{tenant}/rotate-credentials
            POST /operations/{id}/retry
            POST /tenants/{tenant}/backups
            POST /tenants/{tenant}/backups/{backup}/remove
            POST /tenants/{tenant}/backups/{backup}/restore
            GET /tenants/{tenant}/domains
            POST /tenants/{tenant}/domains
            POST /tenants/{tenant}/domains/{domain}/remove
            POST /tenants/{tenant}/domains/{domain}/verify
            GET /tenants/{tenant}/export
            GET /tenants/{tenant}/move
            GET /tenants/{tenant}/plan
            POST /tenants/{tenant}/plan
            POST /tenants/{tenant}/rotate-credentials
            GET /tenants/{tenant}/settings
            """, OWNER, """
            POST /api/v1/tenants/{tenant}/close
            POST /api/v1/tenants/{tenant}/reopen
            GET /tenants/{tenant}/close
            POST /tenants/{tenant}/close
            POST /tenants/{tenant}/reopen
            """, OPERATOR, """
            POST /api/v1/operations/{id}/release
            POST /api/v1/operations/{id}/skip
            POST /api/v1/tenants/{tenant}/delete
            POST /api/v1/tenants/{tenant}/move
            POST /api/v1/tenants/{tenant}/move/decommission
            POST /api/v1/tenants/{tenant}/move/roll-back
            POST /api/v1/tenants/{tenant}/repair
            POST /api/v1/tenants/{tenant}/restore-drills
            POST /api/v1/tenants/{tenant}/resume
            POST /api/v1/tenants/{tenant}/suspend
            POST /operations/{id}/release
            POST /operations/{id}/skip
            GET /tenants/{tenant}/delete
            POST /tenants/{tenant}/delete
            POST /tenants/{tenant}/move
            POST /tenants/{tenant}/move/decommission
            POST /tenants/{tenant}/move/roll-back
            POST /tenants/{tenant}/restore-drills
            POST /tenants/{tenant}/resume
            POST /tenants/{tenant}/suspend
            """);

    private static final Map<String, String> NEEDED = needed();

    private static final String NOBODYS = "01a1f91b-0000-7000-8000-000000000000";

    private static TwoTenants.@Nullable Side made;

    private static Map<String, String> needed() {
        var needed = new HashMap<String, String>();
        BY_GRADE.forEach((grade, routes) -> routes.lines().forEach(route -> needed.put(route, grade)));
        return needed;
    }

    /// A tenant of its own: what people with rights ask for here is done.
    private static synchronized TwoTenants.Side ready() {
        var ready = made;
        if (ready == null) {
            ready = TwoTenants.side("alice");
            made = ready;
        }
        return ready;
    }

    @AfterEach
    void giveBack() throws SQLException {
        makeAlice(OWNER);
    }

    @Test
    void m18_every_address_of_a_tenant_has_a_grade() {
        assertThat(addresses().keySet()).isEqualTo(new TreeSet<>(NEEDED.keySet()));
    }

    @Test
    void m18_a_lower_grade_than_is_needed_is_refused_and_told_which_it_takes() throws SQLException {
        for (var grade : GRADES) {
            makeAlice(grade);
            for (var route : addresses().entrySet()) {
                var needed = NEEDED.getOrDefault(route.getKey(), "");
                if (rank(grade) >= rank(needed)) continue;
                var answer = ask(route.getValue());
                var seen = grade + " " + route.getKey() + " -> " + answer.statusCode() + " " + answer.asString();
                assertThat(answer.statusCode()).as(seen).isEqualTo(403);
                if (route.getValue().isApi())
                    assertThat(answer.jsonPath().getString("type")).as(seen).isEqualTo("/problems/not-allowed");
                if (route.getValue().isApi() && !needed.equals(OPERATOR))
                    assertThat(answer.jsonPath().getString("detail"))
                            .as(seen)
                            .contains("the role " + needed, "you are " + grade);
            }
        }
    }

    @Test
    void m18_the_least_grade_that_is_needed_is_enough() throws SQLException {
        for (var grade : GRADES) {
            makeAlice(grade);
            for (var route : addresses().entrySet()) {
                if (!grade.equals(NEEDED.get(route.getKey()))) continue;
                var answer = ask(route.getValue());
                assertThat(answer.statusCode())
                        .as(grade + " " + route.getKey() + " -> " + answer.statusCode() + " " + answer.asString())
                        .isNotIn(401, 403, 405, 406, 415)
                        .isLessThan(500);
                assertThat(answer.asString()).as(route.getKey()).doesNotContain("that you can see");
            }
        }
    }

    private static int rank(String grade) {
        return grade.equals(OPERATOR) ? GRADES.size() : GRADES.indexOf(grade);
    }

    private static TreeMap<String, Route> addresses() {
        var addresses = new TreeMap<String, Route>();
        for (var route : Route.all())
            if (route.parameters().contains("tenant") || route.path().contains("/operations/{id}"))
                addresses.put(route.toString(), route);
        return addresses;
    }

    private void makeAlice(String grade) throws SQLException {
        Server.execute("autostack", """
                update identity.membership set role = '%s' where email = 'alice@example.com' and tenant_id = '%s'
                """.formatted(grade, ready().id()));
    }

    /// What it asks for is never complete: nobody is closed, moved or restored by a test of who may ask.
    private Response ask(Route route) {
        var side = ready();
        var values = new TreeMap<String, String>();
        for (var parameter : route.parameters())
            values.put(
                    parameter,
                    switch (parameter) {
                        case "tenant" -> side.slug();
                        case "plan" -> side.plan();
                        case "deployment" -> side.deployment();
                        case "container" -> "web";
                        case "backup" -> route.method().equals("GET") ? side.backup() : NOBODYS;
                        case "domain" -> route.method().equals("GET") ? side.domain() : "nobody.example";
                        case "id" -> side.operation();
                        case "template" -> "nextjs-postgresql";
                        default -> throw new AssertionError("say here what {" + parameter + "} of " + route + " names");
                    });
        var request = Callers.alice().redirects().follow(false).accept(accepted(route));
        if (!route.method().equals("GET"))
            if (route.isApi()) request.contentType("application/json").body(Map.of());
            else request.contentType("application/x-www-form-urlencoded");
        return request.request(route.method(), route.filled(values));
    }

    private static String accepted(Route route) {
        if (route.path().endsWith("/events")) return "text/event-stream";
        if (route.path().endsWith("/export") || route.path().endsWith("/ledger")) return "*/*";
        return route.isApi() ? "application/json" : "text/html";
    }
}
