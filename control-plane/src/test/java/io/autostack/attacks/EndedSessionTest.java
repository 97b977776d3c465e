package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Browser;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What is left of a session that has ended: nothing.
@QuarkusTest
class EndedSessionTest {

    @Test
    void s21_t40_a_cookie_that_was_copied_before_the_sign_out_is_refused_afterwards() {
        var person = Browser.signedIn("operator");
        var thief = person.copy();
        assertThat(api(thief)).isEqualTo(200);

        person.follow("/sign-out");

        assertThat(api(thief)).isEqualTo(401);
        assertThat(Browser.location(thief.get("/tenants"))).startsWith(Server.setting("AUTOSTACK_OIDC_ISSUER"));
        assertThat(thief.cookies()).doesNotContainKey("q_session");
        assertThat(api(person)).isEqualTo(401);
    }

    @Test
    void s21_the_session_ends_when_the_identity_provider_says_so() {
        var person = Browser.signedIn("finance");
        var issuer = Server.setting("AUTOSTACK_OIDC_ISSUER");
        var elsewhere = person.tokens("finance", "account-console", "", issuer + "/account/");
        assertThat(api(person)).isEqualTo(200);

        RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .formParam("client_id", "account-console")
                .formParam("refresh_token", elsewhere.getString("refresh_token"))
                .post(issuer + "/protocol/openid-connect/logout")
                .then()
                .statusCode(204);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> api(person) == 401);
    }

    @Test
    void s21_a_logout_token_that_the_provider_did_not_make_ends_nothing() {
        var person = Browser.signedIn("author");
        var own = Browser.tokens("author");
        for (var forged : List.of("", "x", "x.y.z", own.getString("access_token"), own.getString("id_token")))
            RestAssured.given()
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("logout_token", forged)
                    .post("/sign-out/by-provider")
                    .then()
                    .statusCode(400);
        assertThat(person.get("/marketplace").statusCode()).isEqualTo(200);
    }

    @Test
    void s21_a_person_who_is_removed_from_a_tenant_or_gets_another_role_is_signed_out() throws SQLException {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");
        for (var change :
                List.of("update identity.membership set role = 'viewer'", "delete from identity.membership")) {
            var alice = Browser.signedIn("alice");
            assertThat(api(alice)).isEqualTo(200);

            Server.execute(
                    "autostack",
                    change + " where email = 'alice@example.com' and tenant_id ="
                            + " (select id from tenancy.tenant where slug = '" + tenant + "')");

            assertThat(api(alice)).as(change).isEqualTo(401);
        }
    }

    @Test
    void s21_whoever_reads_the_database_finds_neither_cookies_nor_tokens() throws SQLException {
        var handle = Browser.signedIn("sales").cookies().get("q_session");

        var rows = Server.texts("autostack", """
                select s::text || ' ' || encode(lookup, 'escape') || encode(tokens, 'escape') from identity.session s
                """);

        assertThat(handle).hasSize(43);
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(handle) || row.contains("eyJ"));
    }

    @Test
    void t41_a_part_of_a_page_asked_for_without_a_session_is_401_and_leads_nowhere_else() {
        var person = Browser.signedIn("operator");
        var left = person.copy();
        person.follow("/sign-out");
        for (var visitor : List.of(new Browser(), left))
            for (var path : List.of("/tenants", "/marketplace", "/operations/" + UUID.randomUUID() + "/events")) {
                var part = visitor.copy().get(path, "HX-Request", "true", "Accept", "text/html, text/event-stream");
                assertThat(part.statusCode()).as(path).isEqualTo(401);
                assertThat(part.headers().firstValue("Location")).isEmpty();
                assertThat(part.body()).contains("href=\"/sign-in\"");
            }
        var stream = left.copy().get("/operations/" + UUID.randomUUID() + "/events", "Accept", "text/event-stream");
        assertThat(stream.statusCode()).isEqualTo(401);
        assertThat(stream.headers().firstValue("Location")).isEmpty();
        left.get("/");
        assertThat(Browser.location(left.get("/tenants"))).startsWith(Server.setting("AUTOSTACK_OIDC_ISSUER"));
    }

    @Test
    void t41_a_stream_ends_with_the_right_to_see_it() throws Exception {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");
        var operation = endless(tenant);
        try {
            var token = Tokens.create("operator", null);
            var byToken = stream("/api/v1/operations/" + operation, "Authorization", "Bearer " + token.secret());
            var person = Browser.signedIn("operator");
            var bySession = stream(
                    "/operations/" + operation + "/events",
                    "Cookie",
                    "q_session=" + person.cookies().get("q_session"));

            Callers.operator().delete("/api/v1/tokens/" + token.id()).then().statusCode(204);
            person.follow("/sign-out");

            assertThat(byToken)
                    .succeedsWithin(Duration.ofSeconds(60))
                    .asString()
                    .doesNotContain("event:done");
            assertThat(bySession)
                    .succeedsWithin(Duration.ofSeconds(60))
                    .asString()
                    .doesNotContain("event:done");
        } finally {
            Server.execute("autostack", "delete from provisioning.operation where id = '" + operation + "'");
        }
    }

    @Test
    void s10_one_caller_has_twenty_streams_and_gets_others_when_some_have_ended() throws Exception {
        var operation = endless(Onboarding.activeTenant("starter", "alice@example.com"));
        var token = Tokens.create("operator", null);
        var other = Tokens.create("operator", null);
        var path = "/api/v1/operations/" + operation;
        try {
            for (int i = 0; i < 20; i++) stream(path, "Authorization", "Bearer " + token.secret());

            assertThat(status(path, token.secret())).isEqualTo(429);
            stream(path, "Authorization", "Bearer " + other.secret());
        } finally {
            Server.execute("autostack", "delete from provisioning.operation where id = '" + operation + "'");
        }
        var finished = endless(Onboarding.activeTenant("starter", "alice@example.com"));
        try {
            Awaitility.await().until(() -> status("/api/v1/operations/" + finished, token.secret()) == 200);
        } finally {
            Server.execute("autostack", "delete from provisioning.operation where id = '" + finished + "'");
        }
    }

    @Test
    void a_stream_ends_when_its_operation_is_deleted() throws Exception {
        var operation = endless(Onboarding.activeTenant("starter", "alice@example.com"));
        var token = Tokens.create("operator", null);
        var stream = stream("/api/v1/operations/" + operation, "Authorization", "Bearer " + token.secret());

        Server.execute("autostack", "delete from provisioning.operation where id = '" + operation + "'");

        assertThat(stream).succeedsWithin(Duration.ofSeconds(30)).asString().endsWith("event:done\ndata:done\n\n");
    }

    @Test
    void t42_many_sign_ins_that_were_begun_and_not_finished_lock_nobody_out() {
        var tabs = new LinkedHashMap<String, String>();
        for (int i = 0; i < 47; i++) {
            var tab = new Browser();
            tab.get("/tenants?tab=" + i);
            tabs.putAll(tab.cookies());
        }
        assertThat(tabs).hasSizeGreaterThanOrEqualTo(47);
        var person = new Browser();
        person.cookies().putAll(tabs);

        assertThat(person.get("/plans").statusCode()).isEqualTo(200);
        assertThat(person.cookies()).hasSize(5);
        for (int i = 0; i < 47; i++) person.get("/tenants?tab=" + i);
        assertThat(person.cookies()).hasSizeLessThanOrEqualTo(6);
        person.signIn("operator");
        assertThat(person.get("/tenants").statusCode()).isEqualTo(200);
    }

    private static int api(Browser browser) {
        return browser.get("/api/v1/tenants", "Accept", "application/json").statusCode();
    }

    /// One that waits for ever, because nothing is planned for it.
    private static UUID endless(String tenant) throws SQLException {
        var id = UUID.randomUUID();
        Server.execute("autostack", """
                insert into provisioning.operation (id, tenant_id, kind, request_key, request, facts, title)
                select '%1$s', tenant_id, kind, '%1$s', request, facts, title from provisioning.operation
                 where tenant_id = (select id from tenancy.tenant where slug = '%2$s') limit 1
                """.formatted(id, tenant));
        return id;
    }

    /// Of a stream that is left at once.
    private static int status(String path, String secret) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(Browser.address() + path))
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer " + secret)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            http.shutdownNow();
            return answer.statusCode();
        }
    }

    /// Everything such a stream says until it ends; begun when this returns.
    private static CompletableFuture<String> stream(String path, String header, String value) throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(Browser.address() + path))
                                .header("Accept", "text/event-stream")
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return CompletableFuture.supplyAsync(() -> text(answer.body()));
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            return "cut off: " + e.getMessage();
        }
    }
}
