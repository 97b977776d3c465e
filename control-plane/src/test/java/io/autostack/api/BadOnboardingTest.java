package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.problem;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A tenant or a token that cannot be made is refused at the field.
@QuarkusTest
class BadOnboardingTest extends NothingHalfDone {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "Shop",
                "1shop",
                "-shop",
                "shop-",
                "my--shop",
                "my_shop",
                "shöp",
                "a b",
                "../etc",
                "a123456789012345678901234567890",
                "admin",
                "api",
                "www",
                "localhost",
                "shop\u0000",
                "shop'; drop table"
            })
    void a_slug_that_cannot_be_one(String slug) {
        field(onboard("slug", slug), "slug");
    }

    @Test
    void a_slug_that_is_taken() {
        field(onboard("slug", tenant), "slug").body("errors[0].message", containsString("taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gold", "starter2", "../starter"})
    void a_plan_that_is_not_on_offer(String plan) {
        field(onboard("plan", plan), "plan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "alice@", "@example.com", "a b@example.com", "alice@exa mple.com", "<a>@b.c"})
    void an_address_that_is_no_e_mail(String email) {
        field(onboard("adminEmail", email), "adminEmail");
    }

    @Test
    void a_name_that_is_missing_too_long_or_unprintable() {
        for (var name : List.of("", "   ", "x".repeat(101), "a\u0007b")) field(onboard("name", name), "name");
    }

    @Test
    void everything_missing_is_said_at_once() {
        problem(post("/api/v1/tenants", "{}"), 422, "invalid-input")
                .body("errors.field", containsInAnyOrder("name", "slug", "plan", "adminEmail"));
    }

    @Test
    void a_token_that_cannot_be_made() {
        field(token(Map.of("role", "operator")), "name");
        field(token(Map.of("name", "x".repeat(81), "role", "operator")), "name");
        field(token(Map.of("name", "ci")), "role");
        field(token(Map.of("name", "ci", "role", "root")), "role");
        field(token(Map.of("name", "ci", "role", "operator", "expires", "tomorrow")), "expires");
        field(token(Map.of("name", "ci", "role", "operator", "expires", "0d")), "expires");
        field(token(Map.of("name", "ci", "role", "operator", "tenant", "no-such-tenant")), "tenant");
    }

    @Test
    void people_without_the_role_change_nothing() {
        problem(Callers.alice().contentType("application/json").body("{}").post("/api/v1/tenants"), 403, "not-allowed");
        problem(
                Callers.finance().contentType("application/json").body("{}").post("/api/v1/tokens"),
                403,
                "not-allowed");
        problem(
                Deploying.askForPlan(Callers.finance(), tenant, Map.of("template", Deploying.TEMPLATE, "name", "Shop")),
                403,
                "not-allowed");
    }

    private static Response onboard(String member, String value) {
        var wanted = new HashMap<>(Map.of(
                "name",
                "Bad input",
                "slug",
                Onboarding.freshSlug(),
                "plan",
                "starter",
                "adminEmail",
                "alice@example.com"));
        wanted.put(member, value);
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/tenants");
    }

    private static Response token(Map<String, String> wanted) {
        return Callers.operator().contentType("application/json").body(wanted).post("/api/v1/tokens");
    }
}
