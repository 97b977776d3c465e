package io.autostack.attacks;

import static io.autostack.testing.Problems.field;
import static org.hamcrest.Matchers.containsString;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names that other people read cannot be invisible, half, or turn the text around them.
@QuarkusTest
class TypedNamesTest {

    @ParameterizedTest
    @CsvSource({
        "\\ud800, half of a character (U+D800)",
        "Acme \\u202egnp.exe, turn the direction of writing (U+202E)",
        "\\u200b\\u200b, invisible characters (U+200B)",
        "\\u3164, invisible characters (U+3164)",
        "Ac\\u0000me, control characters or line breaks (U+0000)",
        "Ac\\nme, control characters or line breaks (U+000A)",
        "Ac\\u0378me, characters that Unicode does not know (U+0378)",
        "\\u00a0, must have characters that can be seen"
    })
    void t44_a_name_that_misleads_its_readers_is_refused_at_the_field(String typed, String words) {
        var slug = Onboarding.freshSlug();
        field(json("/api/v1/tenants", """
                {"name": "%s", "slug": "%s", "plan": "starter", "adminEmail": "alice@example.com"}
                """.formatted(typed, slug)), "name")
                .body("errors[0].message", containsString(words));
        field(json("/api/v1/tokens", "{\"name\": \"%s\", \"role\": \"finance\"}".formatted(typed)), "name")
                .body("errors[0].message", containsString(words));
    }

    @Test
    void t44_an_address_that_misleads_its_readers_is_refused_at_the_field() {
        for (var typed : new String[] {"a\\u202elice@example.com", "a\\ud800@example.com", "a\\u0000@example.com"})
            field(json("/api/v1/tenants", """
                    {"name": "Acme", "slug": "%s", "plan": "starter", "adminEmail": "%s"}
                    """.formatted(Onboarding.freshSlug(), typed)), "adminEmail");
    }

    @Test
    void t44_an_app_and_its_parameters_are_called_visibly_too() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var plans = "/api/v1/tenants/" + slug + "/deployment-plans";
        for (var typed : new String[] {"Shop\\ud800", "Sh\\u202eop", "Sh\\u200bop", "Sh\\u0000op"})
            field(
                    jsonBy(plans, "{\"template\": \"%s\", \"name\": \"%s\"}".formatted(Deploying.TEMPLATE, typed)),
                    "name");
    }

    @Test
    void t44_a_form_says_so_at_its_field() {
        var answer = Callers.operator()
                .accept("text/html")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(Map.of(
                        "name", "Acme \u202Egnp",
                        "slug", Onboarding.freshSlug(),
                        "plan", "starter",
                        "adminEmail", "alice@example.com"))
                .post("/tenants");
        answer.then().statusCode(422).body(containsString("must not contain characters that turn the direction"));
    }

    private static Response json(String path, String body) {
        return Callers.operator().contentType("application/json").body(body).post(path);
    }

    private static Response jsonBy(String path, String body) {
        return Callers.alice().contentType("application/json").body(body).post(path);
    }
}
