package io.autostack.api;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Two tenants who know nothing of each other, each with an app, usage, history and a token.
record TwoTenants(Side mine, Side theirs) {

    private static @Nullable TwoTenants made;

    /// What belongs to a tenant.
    ///
    /// @param token bound to the tenant, with the operator's role
    record Side(
            String slug,
            String id,
            String onboarding,
            String plan,
            String deployment,
            String operation,
            String backup,
            String domain,
            Tokens.Token token) {

        /// Words that tell somebody that this tenant is there.
        List<String> traces() {
            return List.of(slug, id, onboarding, plan, deployment, operation, backup, token.id(), token.secret());
        }
    }

    /// Made once; tests only look at them.
    static synchronized TwoTenants ready() {
        var ready = made;
        if (ready == null) {
            ready = new TwoTenants(side("alice"), side("sales"));
            made = ready;
        }
        return ready;
    }

    static Side side(String owner) {
        var slug = Onboarding.freshSlug();
        var onboarded = Onboarding.ask(slug, "professional", owner + "@example.com")
                .then()
                .statusCode(202)
                .extract();
        Onboarding.finished(onboarded.path("operation"), "done");
        var plan = Deploying.plan(Callers.person(owner), slug, "Shop");
        var deployed = Deploying.approve(Callers.person(owner), slug, plan)
                .then()
                .statusCode(202)
                .extract();
        Onboarding.finished(deployed.path("operation"), "done");
        Callers.application()
                .contentType("application/cloudevents+json")
                .body(Map.of(
                        "specversion",
                        "1.0",
                        "type",
                        "io.autostack.usage.recorded.v1",
                        "source",
                        "isolation",
                        "id",
                        UUID.randomUUID().toString(),
                        "subject",
                        slug,
                        "data",
                        Map.of("meter", "egress-gb", "quantity", 5)))
                .post("/api/v1/usage-events")
                .then()
                .statusCode(202);
        var backedUp = Callers.person(owner)
                .post("/api/v1/tenants/" + slug + "/backups")
                .then()
                .statusCode(202)
                .extract();
        Onboarding.finished(backedUp.path("operation"), "done");
        return new Side(
                slug,
                onboarded.path("id"),
                onboarded.path("operation"),
                plan,
                deployed.path("id"),
                deployed.path("operation"),
                backedUp.path("backup"),
                Callers.person(owner)
                        .contentType("application/json")
                        .body(Map.of("domain", slug + ".example"))
                        .post("/api/v1/tenants/" + slug + "/domains")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("domain"),
                Tokens.create("operator", slug));
    }
}
