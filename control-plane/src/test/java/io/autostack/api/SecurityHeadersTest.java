package io.autostack.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Browser;
import io.autostack.testing.Callers;
import io.autostack.testing.Problems;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a browser is told with every answer, and which requests are not its user's own.
@QuarkusTest
class SecurityHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/plans",
                "/gallery",
                "/no-such-page",
                "/tenants/nobody",
                "/api/v1/plans",
                "/api/v1/tenants/nobody",
                "/api/v1/nothing",
                "/problems"
            })
    void every_answer_carries_the_strict_policy(String path) {
        for (var accept : List.of("text/html", "application/json")) {
            assertStrict(
                    Callers.operator().accept(accept).redirects().follow(false).get(path));
            assertStrict(given().accept(accept).redirects().follow(false).get(path));
        }
    }

    @Test
    void refusals_carry_it_too() {
        assertStrict(Callers.operator().delete("/api/v1/tenants"));
        assertStrict(Callers.operator().contentType("text/plain").body("x").post("/api/v1/tenants"));
        assertStrict(Callers.operator().header("Sec-Fetch-Site", "cross-site").post("/tenants"));
    }

    @Test
    void pages_hold_no_inline_script_or_style_that_the_policy_would_stop() {
        for (var path : List.of(
                "/",
                "/plans",
                "/tenants",
                "/tenants/new",
                "/marketplace",
                "/billing",
                "/audit",
                "/tokens",
                "/plugins",
                "/fleet"))
            assertThat(page(path))
                    .as(path)
                    .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
                    .doesNotContain("<style")
                    .doesNotContainPattern("\\sstyle=")
                    .doesNotContainPattern("\\son[a-z]+=")
                    .doesNotContain("hx-on");
    }

    @Test
    void a_page_that_there_is_not_is_said_so_on_a_page() {
        for (var caller : List.of(Callers.operator(), given())) {
            var answer = caller.accept("text/html").get("/no-such-page");
            answer.then().statusCode(404).contentType("text/html");
        }
    }

    @Test
    void answers_are_not_kept_by_caches() {
        assertThat(Callers.operator().get("/api/v1/tenants").header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(Callers.operator().accept("text/html").get("/tenants").header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void icons_are_one_file_that_a_browser_may_load_and_keeps() {
        var icons = Pattern.compile("/ui/icons\\.svg\\?v=[0-9a-f]{12}").matcher(page("/tenants"));
        assertThat(icons.find()).isTrue();

        var answer = given().get(icons.group());

        answer.then().statusCode(200).contentType("image/svg+xml");
        assertThat(answer.header("Cache-Control")).contains("immutable", "max-age=31536000");
        assertThat(answer.header("Content-Security-Policy")).contains("img-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tenants", "/tenants", "/tokens", "/api/v1/tokens"})
    void forms_that_another_site_sends_are_refused(String path) {
        for (var site : List.of("cross-site", "same-site"))
            Problems.problem(
                    Callers.operator()
                            .header("Sec-Fetch-Site", site)
                            .contentType(type(path))
                            .body("")
                            .post(path),
                    403,
                    "cross-site");
        for (var origin : List.of("https://evil.example", "null", "http://localhost.evil.example"))
            Problems.problem(
                    Callers.operator()
                            .header("Origin", origin)
                            .contentType(type(path))
                            .body("")
                            .post(path),
                    403,
                    "cross-site");
        Problems.problem(
                Callers.operator()
                        .cookie("q_session", "x".repeat(43))
                        .contentType(type(path))
                        .body("")
                        .post(path),
                403,
                "cross-site");
    }

    @Test
    void m16_the_same_host_under_another_scheme_or_port_is_another_origin() {
        for (var own : List.of(Browser.address(), RestAssured.baseURI + ":" + RestAssured.port)) {
            assertThat(own).matches("http://[a-z0-9.]+:[0-9]+");
            Problems.field(withOrigin(own), "slug");
            for (var other : List.of(
                    own.replace("http://", "https://"),
                    own.replaceFirst(":[0-9]+$", ""),
                    own.replaceFirst(":[0-9]+$", ":1"),
                    own + ".evil.example",
                    "not an origin")) Problems.problem(withOrigin(other), 403, "cross-site");
        }
    }

    private static Response withOrigin(String origin) {
        return Callers.operator()
                .header("Origin", origin)
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/tenants");
    }

    @Test
    void forms_of_our_own_pages_pass() {
        Problems.field(
                Callers.operator()
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Origin", "https://whatever.example")
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/v1/tenants"),
                "slug");
    }

    private static String page(String path) {
        var answer = Callers.operator().accept("text/html").get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.asString();
    }

    private static String type(String path) {
        return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }

    private static void assertStrict(Response answer) {
        var policy = answer.header("Content-Security-Policy");
        assertThat(policy)
                .as("status " + answer.statusCode())
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'self'")
                .doesNotContain("unsafe")
                .doesNotContain("*");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Server")).isNull();
        assertThat(answer.header("X-Powered-By")).isNull();
    }
}
