package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// API tokens are shown once, found again by a keyed hash, and end when they are told to.
@QuarkusTest
class ApiTokenTest {

    @Test
    void a_token_opens_the_api_and_is_never_shown_again() {
        var token = Tokens.create("finance", null);

        Callers.bearer(token.secret()).get("/api/v1/plans").then().statusCode(200);
        var list =
                Callers.operator().get("/api/v1/tokens").then().statusCode(200).extract();
        assertThat(list.asString()).contains(token.id()).doesNotContain(token.secret());
        assertThat(list.<String>path("tokens.find { it.id == '" + token.id() + "' }.hint"))
                .isEqualTo(token.secret().substring(0, 8));
    }

    @Test
    void the_word_bearer_may_be_written_in_any_case() {
        var token = Tokens.create("finance", null);

        for (var scheme : new String[] {"bearer", "BEARER"})
            Callers.nobody()
                    .header("Authorization", scheme + " " + token.secret())
                    .get("/api/v1/plans")
                    .then()
                    .statusCode(200);
    }

    @Test
    void the_database_does_not_hold_it() throws SQLException {
        var token = Tokens.create("finance", null);
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.prepareStatement(
                        "select row_to_json(t)::text, length(lookup) from identity.api_token t where id = ?::uuid")) {
            select.setString(1, token.id());
            try (var row = select.executeQuery()) {
                row.next();
                assertThat(row.getString(1))
                        .doesNotContain(token.secret())
                        .doesNotContain(token.secret().substring(8));
                assertThat(row.getInt(2)).as("HMAC-SHA256").isEqualTo(32);
            }
        }
    }

    @Test
    void a_revoked_token_opens_nothing_from_then_on() {
        var token = Tokens.create("operator", null);
        Callers.bearer(token.secret()).get("/api/v1/tenants").then().statusCode(200);

        Callers.operator().delete("/api/v1/tokens/" + token.id()).then().statusCode(204);

        Problems.problem(Callers.bearer(token.secret()).get("/api/v1/tenants"), 401, "not-signed-in")
                .header("WWW-Authenticate", startsWith("Bearer"));
        Problems.notFound(Callers.operator().delete("/api/v1/tokens/" + token.id()));
    }

    @Test
    void an_expired_token_opens_nothing() throws SQLException {
        var made = Callers.operator()
                .contentType("application/json")
                .body(Map.of("name", "short", "role", "finance", "expires", "1d"))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract();
        Callers.bearer(made.path("token")).get("/api/v1/plans").then().statusCode(200);
        try (var admin = Server.asSuperuser("autostack");
                var update = admin.prepareStatement(
                        "update identity.api_token set expires_at = now() - interval '1 second' where id = ?::uuid")) {
            update.setString(1, made.path("id"));
            update.executeUpdate();
        }

        Problems.problem(Callers.bearer(made.path("token")).get("/api/v1/plans"), 401, "not-signed-in");
    }

    @Test
    void tokens_that_nobody_made_open_nothing() {
        for (var token : new String[] {"ask_", "ask_AAAA", "ask_" + "A".repeat(5000), "eyJhbGciOiJub25lIn0.e30.", "x"})
            Problems.problem(Callers.bearer(token).get("/api/v1/plans"), 401, "not-signed-in");
    }

    @Test
    void a_token_for_one_tenant_sees_that_one_in_its_list() {
        var mine = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.activeTenant("starter", "alice@example.com");
        var token = Tokens.create("operator", mine);

        var list = Callers.bearer(token.secret())
                .get("/api/v1/tenants")
                .then()
                .statusCode(200)
                .extract();

        assertThat(list.jsonPath().getList("tenants.slug", String.class)).containsExactly(mine);
    }

    @Test
    void a_tenant_applications_token_reads_its_own_tenants_secrets_only() {
        var mine = Onboarding.activeTenant("starter", "alice@example.com");
        var theirs = Onboarding.activeTenant("starter", "alice@example.com");
        var token = Tokens.create("application", mine);

        Callers.bearer(token.secret())
                .get("/api/v1/secrets/tenants/" + mine + "/database")
                .then()
                .statusCode(200);
        Problems.notFound(Callers.bearer(token.secret()).get("/api/v1/secrets/tenants/" + theirs + "/database"));
        Problems.notFound(Callers.bearer(token.secret()).get("/api/v1/routes/" + theirs + ".localhost"));
    }

    @Test
    void only_the_application_role_reads_secrets() {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");
        for (var caller : new String[] {"operator", "finance", "author", "sales", "alice"})
            Problems.problem(
                    Callers.person(caller).get("/api/v1/secrets/tenants/" + tenant + "/database"), 403, "not-allowed");
    }
}
