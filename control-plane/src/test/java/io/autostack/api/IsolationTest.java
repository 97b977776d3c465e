package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.testing.Callers;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What belongs to one tenant does not exist for another, at every address there is. A new address fails this test
/// until it is said here what its parameters name.
@QuarkusTest
class IsolationTest {

    /// The same for everybody who is signed in, or for everybody.
    private static final Set<String> COMMON = Set.of(
            "/api/v1/templates/{template}",
            "/api/v1/templates/{template}/versions",
            "/marketplace/{template}",
            "/problems/{slug}",
            "/gallery/{name}");

    /// For a role of the platform, whoever the object belongs to: a tenant's people are refused before anything is
    /// looked up.
    private static final Set<String> FOR_A_ROLE = Set.of(
            "/api/v1/tokens/{id}",
            "/tokens/{id}/revoke",
            "/api/v1/routes/{host}",
            "/api/v1/secrets/{name}",
            "/api/v1/orphans/{orphan}/remove",
            "/upkeep/orphans/{orphan}/remove",
            "/api/v1/rollouts/{id}",
            "/api/v1/rollouts/{id}/tenants",
            "/api/v1/rollouts/{id}/pause",
            "/api/v1/rollouts/{id}/resume",
            "/api/v1/rollouts/{id}/abandon",
            "/fleet/{id}",
            "/fleet/{id}/events",
            "/fleet/{id}/pause",
            "/fleet/{id}/resume",
            "/fleet/{id}/abandon");

    /// Without a parameter: nothing in them names a tenant, or the caller's own rights decide what is in them.
    private static final Set<String> UNSAFE_WITHOUT_PARAMETER = Set.of(
            "POST /api/v1/reconciliations",
            "POST /api/v1/keys/rewrap",
            "POST /api/v1/tenants",
            "POST /api/v1/tokens",
            "POST /api/v1/usage-events",
            "POST /api/v1/rollouts",
            "POST /api/v1/schema-versions/refresh",
            "POST /fleet",
            "POST /fleet/refresh",
            "POST /notice/dismiss",
            "POST /sign-out/by-provider",
            "POST /tenants",
            "POST /tokens",
            "POST /upkeep/look");

    private static final String MISSING = "01a1f91b-0000-7000-8000-000000000000";
    private static final String GARBAGE = "not-a-uuid";

    @Test
    void the_owner_of_one_tenant_meets_nothing_of_another() {
        var tenants = TwoTenants.ready();
        for (var route : Route.all()) {
            if (route.parameters().isEmpty() || COMMON.contains(route.path())) continue;
            for (var values : attacks(route, tenants)) {
                var answer = ask(Callers.alice(), route, values, tenants);
                var seen = route + " " + values + " -> " + answer.statusCode() + " " + answer.asString();
                assertThat(answer.statusCode()).as(seen).isEqualTo(FOR_A_ROLE.contains(route.path()) ? 403 : 404);
                assertSilent(answer, values, tenants.theirs(), seen);
            }
        }
    }

    @Test
    void a_token_for_one_tenant_meets_nothing_of_another_even_as_operator() {
        var tenants = TwoTenants.ready();
        for (var route : Route.all()) {
            if (route.parameters().isEmpty() || COMMON.contains(route.path())) continue;
            for (var values : attacks(route, tenants)) {
                var answer = ask(Callers.bearer(tenants.mine().token().secret()), route, values, tenants);
                var seen = route + " " + values + " -> " + answer.statusCode() + " " + answer.asString();
                assertThat(answer.statusCode())
                        .as(seen)
                        .isIn(route.isApi() && !FOR_A_ROLE.contains(route.path()) ? List.of(404) : List.of(403, 404));
                assertSilent(answer, values, tenants.theirs(), seen);
            }
        }
    }

    @Test
    void lists_hold_nothing_of_another_tenant() {
        var tenants = TwoTenants.ready();
        List<Supplier<RequestSpecification>> callers = List.of(
                Callers::alice, () -> Callers.bearer(tenants.mine().token().secret()));
        for (var caller : callers)
            for (var route : Route.all()) {
                if (!route.method().equals("GET") || !ownScope(route)) continue;
                var values = own(route, tenants.mine());
                for (var accept : accepted(route)) {
                    var answer = caller.get()
                            .accept(accept)
                            .redirects()
                            .follow(false)
                            .get(route.filled(values));
                    assertSilent(answer, Map.of(), tenants.theirs(), route + " " + values);
                }
            }
    }

    @Test
    void nobody_follows_another_tenants_operation() {
        var tenants = TwoTenants.ready();
        for (var caller : List.<Supplier<RequestSpecification>>of(
                Callers::alice, () -> Callers.bearer(tenants.mine().token().secret()))) {
            var answer = caller.get()
                    .accept("text/event-stream")
                    .get("/api/v1/operations/" + tenants.theirs().operation());
            Problems.notFound(answer);
            assertSilent(answer, Map.of("id", tenants.theirs().operation()), tenants.theirs(), answer.asString());
        }
    }

    @Test
    void the_history_cannot_be_asked_about_another_tenant() {
        var tenants = TwoTenants.ready();
        Problems.notFound(Callers.alice()
                .get("/api/v1/audit-events?tenant=" + tenants.theirs().slug()));
        Problems.notFound(Callers.alice()
                .get("/api/v1/audit-events?tenant=" + tenants.theirs().id()));
        Problems.problem(Callers.alice().get("/api/v1/audit-events"), 403, "not-allowed");
        Problems.notFound(Callers.bearer(tenants.mine().token().secret())
                .get("/api/v1/audit-events?tenant=" + tenants.theirs().slug()));
        var own = Callers.bearer(tenants.mine().token().secret())
                .get("/api/v1/audit-events?object=" + tenants.theirs().id());
        own.then().statusCode(200);
        assertThat(own.jsonPath().getList("events")).isEmpty();
    }

    @Test
    void a_token_for_one_tenant_does_no_platform_business() {
        var tenants = TwoTenants.ready();
        Supplier<RequestSpecification> bound =
                () -> Callers.bearer(tenants.mine().token().secret());
        Problems.problem(
                bound.get().contentType("application/json").body("{}").post("/api/v1/tenants"), 403, "not-allowed");
        Problems.problem(
                bound.get().contentType("application/json").body("{}").post("/api/v1/tokens"), 403, "not-allowed");
        for (var page : List.of(
                "/tokens",
                "/tenants",
                "/operations",
                "/tenants/new",
                "/billing",
                "/audit",
                "/",
                "/plugins",
                "/upkeep",
                "/fleet"))
            assertThat(bound.get().accept("text/html").get(page).statusCode())
                    .as(page)
                    .isEqualTo(403);
        for (var path : List.of("/api/v1/findings", "/api/v1/orphans", "/api/v1/capacity"))
            Problems.problem(bound.get().get(path), 403, "not-allowed");
        Problems.problem(bound.get().post("/api/v1/reconciliations"), 403, "not-allowed");
        for (var form : List.of("/tokens", "/tenants", "/upkeep/look"))
            assertThat(bound.get()
                            .accept("text/html")
                            .contentType("application/x-www-form-urlencoded")
                            .formParam("name", "stolen")
                            .formParam("role", "operator")
                            .post(form)
                            .statusCode())
                    .as(form)
                    .isEqualTo(403);
    }

    @Test
    void a_tenants_role_opens_no_database_but_its_own() throws SQLException {
        var tenants = TwoTenants.ready();
        Map<String, String> credentials = Callers.application()
                .get("/api/v1/secrets/tenants/" + tenants.theirs().slug() + "/database")
                .then()
                .statusCode(200)
                .extract()
                .path("value");
        Server.as(credentials, TenantDatabase.name(tenants.theirs().slug())).close();
        for (var database : List.of(
                TenantDatabase.name(tenants.mine().slug()),
                TenantDatabase.ofApp(tenants.mine().slug()),
                "autostack",
                "postgres",
                "template1"))
            assertThatThrownBy(() -> Server.as(credentials, database).close())
                    .as(database)
                    .isInstanceOf(SQLException.class)
                    .extracting(refused -> ((SQLException) refused).getSQLState())
                    .isEqualTo("42501");
    }

    @Test
    void nobody_gets_anything_but_what_is_for_everybody() {
        var open = Set.of(
                "/",
                "/plans",
                "/gallery",
                "/gallery/{name}",
                "/problems",
                "/problems/{slug}",
                // What the identity provider says there is signed by it.
                "/sign-out/by-provider");
        var tenants = TwoTenants.ready();
        for (var route : Route.all()) {
            if (open.contains(route.path())) continue;
            var answer = ask(
                    route.isApi() ? Callers.nobody() : io.restassured.RestAssured.given(),
                    route,
                    own(route, tenants.mine()),
                    tenants);
            var seen = route + " -> " + answer.statusCode() + " " + answer.asString();
            if (route.isApi()) {
                assertThat(answer.statusCode()).as(seen).isEqualTo(401);
                assertThat(answer.contentType()).as(seen).startsWith("application/problem+json");
                Problems.problem(answer, 401, "not-signed-in");
            } else if (answer.statusCode() == 302)
                assertThat(answer.header("Location")).as(seen).startsWith(Server.setting("AUTOSTACK_OIDC_ISSUER"));
            else assertThat(answer.statusCode()).as(seen).isEqualTo(401);
            assertSilent(answer, Map.of(), tenants.theirs(), seen);
        }
    }

    @Test
    void every_route_of_the_api_is_in_its_description() {
        Map<String, Map<String, Object>> described = Callers.nobody()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        var known = new TreeSet<String>();
        described.forEach((path, methods) ->
                methods.keySet().forEach(method -> known.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        assertThat(Route.all()).hasSizeGreaterThan(40);
        assertThat(Route.all().stream().filter(Route::isApi).map(Route::toString))
                .isSubsetOf(known);
    }

    @Test
    void every_route_without_a_parameter_that_changes_something_is_known_here() {
        assertThat(Route.all().stream()
                        .filter(route ->
                                route.parameters().isEmpty() && !route.method().equals("GET"))
                        .map(Route::toString))
                .isSubsetOf(UNSAFE_WITHOUT_PARAMETER);
    }

    /// Every way to fill the route in that leads to something of the other tenant, to nothing, or to nonsense.
    private static List<Map<String, String>> attacks(Route route, TwoTenants tenants) {
        var attacks = new ArrayList<Map<String, String>>();
        attacks.add(Map.of());
        for (var parameter : route.parameters()) {
            var next = new ArrayList<Map<String, String>>();
            for (var before : attacks)
                for (var value : values(route, parameter, tenants)) {
                    var more = new LinkedHashMap<>(before);
                    more.put(parameter, value);
                    next.add(more);
                }
            attacks = next;
        }
        return attacks.stream()
                .filter(values -> values.size() > 1
                        || !values.containsValue(tenants.mine().slug()))
                .toList();
    }

    private static List<String> values(Route route, String parameter, TwoTenants tenants) {
        var theirs = tenants.theirs();
        return switch (parameter) {
            case "tenant" ->
                List.of(
                        theirs.slug(),
                        theirs.id(),
                        "no-such-tenant",
                        MISSING,
                        "%27or%201=1",
                        tenants.mine().slug());
            case "plan" -> List.of(theirs.plan(), MISSING, GARBAGE);
            case "deployment" -> List.of(theirs.deployment(), MISSING, GARBAGE);
            case "container" -> List.of("web");
            case "backup" -> List.of(theirs.backup(), MISSING, GARBAGE);
            case "id" ->
                route.path().contains("/tokens/")
                        ? List.of(theirs.token().id(), MISSING)
                        : List.of(theirs.operation(), theirs.onboarding(), MISSING, GARBAGE);
            case "domain" -> List.of(theirs.domain(), "nobody.example", "%27or%201=1");
            case "host" -> List.of(theirs.slug() + ".localhost", "nobody.localhost");
            case "name" -> List.of("tenants/" + theirs.slug() + "/database", "tenants/nobody/database");
            case "template" -> List.of("no-such-template");
            case "orphan" -> List.of(MISSING, GARBAGE);
            default -> throw new AssertionError("say here what {" + parameter + "} of " + route + " names");
        };
    }

    /// The route as the owner of the tenant would ask it.
    private static Map<String, String> own(Route route, TwoTenants.Side side) {
        var values = new LinkedHashMap<String, String>();
        for (var parameter : route.parameters())
            values.put(
                    parameter,
                    switch (parameter) {
                        case "tenant" -> side.slug();
                        case "plan" -> side.plan();
                        case "deployment" -> side.deployment();
                        case "container" -> "web";
                        case "backup" -> side.backup();
                        case "id" ->
                            route.path().contains("/tokens/") ? side.token().id() : side.operation();
                        case "domain" -> side.domain();
                        case "host" -> side.slug() + ".localhost";
                        case "name" ->
                            route.path().contains("gallery") ? "empty" : "tenants/" + side.slug() + "/database";
                        case "template" -> "nextjs-postgresql";
                        case "orphan" -> MISSING;
                        case "slug" -> "not-found";
                        default -> throw new AssertionError("say here what {" + parameter + "} of " + route + " names");
                    });
        return values;
    }

    private static boolean ownScope(Route route) {
        return !route.path().startsWith("/gallery") && !route.path().equals("/sign-in");
    }

    private static List<String> accepted(Route route) {
        return route.isApi() ? List.of("application/json", "text/csv") : List.of("text/html");
    }

    private static Response ask(
            RequestSpecification caller, Route route, Map<String, String> values, TwoTenants tenants) {
        var request = caller.urlEncodingEnabled(false).redirects().follow(false);
        if (!route.isApi()) request.accept(route.path().endsWith("/events") ? "text/event-stream" : "text/html");
        else if (route.path().contains("export")) request.accept("text/csv");
        if (!route.method().equals("GET") && !route.path().endsWith("/retry")) {
            if (route.isApi())
                request.contentType(
                                route.path().endsWith("/usage-events")
                                        ? "application/cloudevents+json"
                                        : "application/json")
                        .body(body(route, tenants));
            else
                request.contentType("application/x-www-form-urlencoded")
                        .formParam("template", "nextjs-postgresql")
                        .formParam("name", "Stolen")
                        .formParam("plan", tenants.theirs().plan());
        }
        return request.request(route.method(), route.filled(values));
    }

    private static Map<String, Object> body(Route route, TwoTenants tenants) {
        if (route.path().endsWith("/deployments"))
            return Map.of("plan", tenants.theirs().plan());
        if (route.path().endsWith("/deployment-plans"))
            return Map.of("template", "nextjs-postgresql", "name", "Stolen");
        if (route.path().endsWith("/domains")) return Map.of("domain", "stolen.example");
        if (route.path().endsWith("/check")) return Map.of("meter", "apps", "quantity", 1);
        return Map.of();
    }

    /// Nothing of the other tenant, but what the caller said itself.
    private static void assertSilent(Response answer, Map<String, String> said, TwoTenants.Side theirs, String what) {
        var body = answer.asString();
        for (var word : said.values()) body = body.replace(word, "");
        assertThat(body)
                .as(what)
                .doesNotContain(Stream.of(theirs.traces().toArray(String[]::new))
                        .filter(trace -> said.values().stream().noneMatch(word -> word.contains(trace)))
                        .toArray(String[]::new));
    }
}
