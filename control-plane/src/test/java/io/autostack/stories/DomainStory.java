package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autostack.testing.Callers;
import io.autostack.testing.Ending;
import io.autostack.testing.NameServer;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A tenant brings a domain along: claims it, proves it with a TXT record, is reached under it, gives it back.
@QuarkusTest
class DomainStory {

    private final NameServer names = NameServer.running();

    @Test
    void a_proven_domain_leads_to_the_tenant_until_it_is_removed() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = slug + ".bakery.example";
        var record = claim(Callers.alice(), slug, domain)
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/tenants/" + slug + "/domains/" + domain))
                .body("status", is("claimed"))
                .body("record.type", is("TXT"))
                .body("record.name", is("_autostack-challenge." + domain))
                .extract();
        route(domain).then().statusCode(404);

        names.say(record.path("record.name"), "v=spf1 -all", record.path("record.value"));
        Onboarding.finished(verify(slug, domain), "done")
                .then()
                .body("steps.find { it.name == 'proof' }.evidence.found", is(record.<String>path("record.value")));

        route(domain).then().statusCode(200).body("slug", is(slug)).body("status", is("active"));
        route(domain.toUpperCase(Locale.ROOT)).then().statusCode(200);
        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/domains")
                .then()
                .body("domains", hasSize(1))
                .body("domains[0].status", is("verified"));
        Problems.problem(
                Callers.alice().post("/api/v1/tenants/" + slug + "/domains/" + domain + "/verify"), 409, "conflict");

        Onboarding.finished(remove(slug, domain), "done");

        route(domain).then().statusCode(404);
        Callers.alice().get("/api/v1/tenants/" + slug + "/domains").then().body("domains", hasSize(0));
        assertThat(history(slug))
                .contains(
                        "domain.claimed",
                        "domain.verification-requested",
                        "domain.verified",
                        "domain.removal-requested",
                        "domain.removed");
    }

    @Test
    void without_the_record_nothing_changes_and_it_says_what_was_found_and_expected() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = slug + ".example";
        String expected = claim(Callers.alice(), slug, domain).path("record.value");

        Onboarding.finished(verify(slug, domain), "failed")
                .then()
                .body("message", containsString("There is no TXT record _autostack-challenge." + domain))
                .body("message", containsString(expected));
        names.say("_autostack-challenge." + domain, "something else");
        Onboarding.finished(verify(slug, domain), "failed")
                .then()
                .body("message", containsString("says “something else”"))
                .body("message", containsString(expected));

        route(domain).then().statusCode(404);
        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/domains/" + domain)
                .then()
                .body("status", is("claimed"))
                .body("record.value", is(expected));
    }

    @Test
    void a_name_server_that_fails_is_asked_again() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = slug + ".example";
        String value = claim(Callers.alice(), slug, domain).path("record.value");
        names.fail("_autostack-challenge." + domain);

        var operation = verify(slug, domain);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> String.valueOf(Callers.alice()
                                .get("/api/v1/operations/" + operation)
                                .<Object>path("message"))
                        .contains("gives no answer"));
        names.say("_autostack-challenge." + domain, value);

        Onboarding.finished(operation, "done");
    }

    @Test
    void a_claim_keeps_nobody_from_the_name_and_the_first_proof_has_it() {
        var mine = Onboarding.activeTenant("starter", "alice@example.com");
        var theirs = Onboarding.activeTenant("starter", "sales@example.com");
        var domain = mine + ".shared.example";
        String value = claim(Callers.alice(), mine, domain).path("record.value");
        var claimed = claim(Callers.person("sales"), theirs, domain)
                .then()
                .statusCode(201)
                .extract();
        assertThat(claimed.<String>path("record.value")).isNotEqualTo(value);

        names.say("_autostack-challenge." + domain, claimed.<String>path("record.value"));
        Onboarding.finished(verify(mine, domain), "failed");
        Onboarding.finished(verify(theirs, domain), "done");

        Problems.problem(
                        Callers.alice().post("/api/v1/tenants/" + mine + "/domains/" + domain + "/verify"),
                        409,
                        "conflict")
                .body("detail", containsString("proven by somebody else"))
                .body("detail", not(containsString(theirs)));
        var third = Onboarding.activeTenant("starter", "alice@example.com");
        Problems.problem(claim(Callers.alice(), third, domain), 409, "conflict")
                .body("detail", not(containsString(theirs)));
        route(domain).then().body("slug", is(theirs));

        Onboarding.finished(remove(mine, domain), "done");
        route(domain).then().body("slug", is(theirs));
    }

    @Test
    void a_closed_tenants_domain_answers_nothing_stays_its_own_and_comes_back_with_it() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var other = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = proven(slug, slug + ".closing.example");

        Ending.done(Ending.close(Callers.alice(), slug, slug)).then().body("steps.name", hasItem("domains"));

        route(domain).then().statusCode(404);
        Problems.problem(claim(Callers.alice(), other, domain), 409, "conflict")
                .body("detail", containsString("somebody else"));

        Ending.done(Ending.reopen(Callers.alice(), slug));

        route(domain).then().statusCode(200).body("slug", is(slug));
        Callers.alice()
                .get("/api/v1/tenants/" + slug + "/domains/" + domain)
                .then()
                .body("status", is("verified"));
    }

    @Test
    void a_deleted_tenants_domain_is_free_for_whoever_proves_it_next() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var next = Onboarding.activeTenant("starter", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        var domain = proven(slug, slug + ".deleted.example");
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.delete(Callers.operator(), slug, slug));

        assertThat(Callers.alice().get("/api/v1/tenants/" + id + "/certificate").<String>path("text"))
                .contains("domains " + domain);
        Callers.alice().get("/api/v1/tenants/" + id + "/domains").then().body("domains", hasSize(0));
        proven(next, domain);

        route(domain).then().statusCode(200).body("slug", is(next));
    }

    @Test
    void a_domain_whose_route_was_deleted_by_hand_leads_to_the_tenant_again() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = proven(slug, slug + ".by-hand.example");
        Upkeep.quiesce();
        Upkeep.byHand("autostack", "delete from provisioning.route where host = '" + domain + "'");
        route(domain).then().statusCode(404);

        Upkeep.quiesce();

        route(domain).then().statusCode(200).body("slug", is(slug));
    }

    @Test
    void claiming_twice_claims_once() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        String first =
                claim(Callers.alice(), slug, "twice-" + slug + ".example").path("record.value");

        claim(Callers.alice(), slug, "TWICE-" + slug + ".example.")
                .then()
                .statusCode(200)
                .body("record.value", is(first));
    }

    @Test
    void what_is_no_domain_of_ones_own_is_refused_at_its_field() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        for (var wrong : new String[] {"", "shop", "acme.localhost", "127.0.0.1", "https://x.example", "*.example.com"})
            Problems.field(claim(Callers.alice(), slug, wrong), "domain");
        Problems.field(
                Callers.alice().contentType("application/json").body("{}").post("/api/v1/tenants/" + slug + "/domains"),
                "domain");
        Problems.notFound(Callers.alice().post("/api/v1/tenants/" + slug + "/domains/nobody.example/verify"));
        Problems.notFound(Callers.alice().delete("/api/v1/tenants/" + slug + "/domains/nobody.example"));
        Callers.alice().get("/api/v1/tenants/" + slug + "/domains").then().body("domains", hasSize(0));
    }

    @Test
    void a_suspended_tenant_claims_nothing_and_may_give_back() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var domain = slug + ".example";
        claim(Callers.alice(), slug, domain).then().statusCode(201);
        Onboarding.finished(
                Callers.operator().post("/api/v1/tenants/" + slug + "/suspend").path("operation"), "done");

        Problems.problem(claim(Callers.alice(), slug, "other-" + domain), 409, "conflict")
                .body("detail", containsString("is suspended"));
        Problems.problem(
                        Callers.alice().post("/api/v1/tenants/" + slug + "/domains/" + domain + "/verify"),
                        409,
                        "conflict")
                .body("detail", containsString("is suspended"));
        Onboarding.finished(remove(slug, domain), "done");
    }

    @Test
    void the_page_shows_the_record_and_the_mistakes() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        form().formParam("domain", slug + ".example")
                .post("/tenants/" + slug + "/domains")
                .then()
                .statusCode(303);

        Callers.alice()
                .accept("text/html")
                .get("/tenants/" + slug + "/domains")
                .then()
                .statusCode(200)
                .body(containsString("_autostack-challenge." + slug + ".example"))
                .body(containsString("/domains/" + slug + ".example/verify"));
        form().formParam("domain", "127.0.0.1")
                .post("/tenants/" + slug + "/domains")
                .then()
                .statusCode(422)
                .body(containsString("must be a name, not an IP address"));
        form().post("/tenants/" + slug + "/domains/" + slug + ".example/verify")
                .then()
                .statusCode(303)
                .header("Location", containsString("/operations/"));
    }

    /// Claimed by the tenant, and leading there.
    private String proven(String slug, String domain) {
        var record = claim(Callers.alice(), slug, domain).then().statusCode(201).extract();
        names.say(record.path("record.name"), record.<String>path("record.value"));
        Onboarding.finished(verify(slug, domain), "done");
        return domain;
    }

    private static RequestSpecification form() {
        return Callers.alice()
                .accept("text/html")
                .contentType("application/x-www-form-urlencoded")
                .redirects()
                .follow(false);
    }

    private static Response claim(RequestSpecification caller, String slug, String domain) {
        return caller.contentType("application/json")
                .body(Map.of("domain", domain))
                .post("/api/v1/tenants/" + slug + "/domains");
    }

    private static String verify(String slug, String domain) {
        return Callers.operator()
                .post("/api/v1/tenants/" + slug + "/domains/" + domain + "/verify")
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    private static String remove(String slug, String domain) {
        return Callers.operator()
                .delete("/api/v1/tenants/" + slug + "/domains/" + domain)
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    private static Response route(String host) {
        return Callers.application().get("/api/v1/routes/" + host);
    }

    private static List<String> history(String slug) {
        return Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .jsonPath()
                .getList("events.action");
    }
}
