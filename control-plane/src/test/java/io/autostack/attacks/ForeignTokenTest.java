package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Browser;
import io.autostack.testing.Callers;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The identity provider signs many things for many clients; only access tokens for this platform open it.
@QuarkusTest
class ForeignTokenTest {

    @Test
    void s20_an_access_token_that_our_own_client_got_is_believed() {
        Callers.bearer(Browser.tokens("operator").getString("access_token"))
                .get("/api/v1/tenants")
                .then()
                .statusCode(200);
    }

    @Test
    void s20_an_access_token_that_the_account_console_got_is_refused() {
        var console = Server.setting("AUTOSTACK_OIDC_ISSUER") + "/account/";

        var foreign = new Browser().tokens("operator", "account-console", "", console);

        assertThat(foreign.getString("access_token")).isNotBlank();
        refused(foreign.getString("access_token"));
    }

    @Test
    void s20_an_id_token_and_a_refresh_token_are_no_access_tokens() {
        var own = Browser.tokens("operator");

        refused(own.getString("id_token"));
        refused(own.getString("refresh_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"autostack", "admin-cli", "account", "account-console", "security-admin-console", "broker"})
    void s20_no_client_of_the_realm_gives_tokens_for_a_password(String client) {
        var answer = RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "password")
                .formParam("client_id", client)
                .formParam("client_secret", Server.setting("AUTOSTACK_OIDC_CLIENT_SECRET"))
                .formParam("username", "operator")
                .formParam("password", "whatever it is")
                .formParam("scope", "openid")
                .post(Server.setting("AUTOSTACK_OIDC_ISSUER") + "/protocol/openid-connect/token");

        assertThat(answer.statusCode()).isBetween(400, 401);
        assertThat(new JsonObject(answer.asString()).getString("error"))
                .isIn("unauthorized_client", "invalid_client", "invalid_request");
    }

    private static void refused(String token) {
        Problems.problem(Callers.bearer(token).get("/api/v1/tenants"), 401, "not-signed-in");
    }
}
