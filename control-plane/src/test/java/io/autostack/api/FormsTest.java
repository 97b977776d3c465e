package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Forms that are filled in wrongly come back with what was typed and a message at the field.
@QuarkusTest
class FormsTest {

    @Test
    void onboarding() {
        var answer = submit(
                Callers.operator(),
                "/tenants",
                Map.of("name", "Kept as typed", "slug", "Not A Slug", "plan", "gold", "adminEmail", "nobody"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("Kept as typed", "Not A Slug", "small letters", "there is no plan", "not an e-mail address");
    }

    @Test
    void what_is_typed_is_never_markup() {
        var answer = submit(
                Callers.operator(),
                "/tenants",
                Map.of("name", "<script>alert(1)</script>", "slug", "\"><b>", "plan", "<i>"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).doesNotContain("<script>alert", "\"><b>", "<i>");
    }

    @Test
    void a_deployment() {
        var tenant = Onboarding.activeTenant("professional", "alice@example.com");

        var answer = submit(
                Callers.alice(),
                "/tenants/" + tenant + "/deployment-plans",
                Map.of("template", Deploying.TEMPLATE, "name", "Kept name", "p.replicas", "99", "p.size", "huge"));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        assertThat(answer.asString()).contains("Kept name", "Next.js + PostgreSQL");
    }

    @Test
    void an_api_token() {
        var answer = submit(Callers.operator(), "/tokens", Map.of("name", "", "role", "root", "expires", "soon"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("is needed", "must be operator", "number of days");
    }

    @Test
    void a_good_form_leads_on() {
        var slug = Onboarding.freshSlug();

        var answer = submit(
                Callers.operator(),
                "/tenants",
                Map.of("name", "Good", "slug", slug, "plan", "starter", "adminEmail", "alice@example.com"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).contains("/operations/");
        Onboarding.finished(answer.header("Location").replaceAll(".*/", ""), "done");
    }

    private static Response submit(RequestSpecification caller, String path, Map<String, String> fields) {
        return caller.accept("text/html")
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParams(fields)
                .post(path);
    }
}
