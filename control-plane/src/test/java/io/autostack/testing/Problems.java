package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.assertj.core.api.InstanceOfAssertFactories;

/// What every refusal of the API has to look like.
public final class Problems {

    private Problems() {}

    /// A complete problem of the type, with the type's status.
    public static ValidatableResponse problem(Response answer, int status, String type) {
        var checked = answer.then().statusCode(status).contentType(startsWith("application/problem+json"));
        var problem = JsonAnswer.of(answer);
        assertThat(problem.text("type")).isEqualTo("/problems/" + type);
        assertThat(problem.number("status")).isEqualTo(status);
        assertThat(problem.text("title")).isNotEmpty();
        assertThat(problem.text("detail")).isNotEmpty();
        return checked;
    }

    /// Input that is refused because of this field, with a message for it.
    public static ValidatableResponse field(Response answer, String field) {
        var checked = problem(answer, 422, "invalid-input");
        assertThat(JsonAnswer.of(answer).rows("errors"))
                .filteredOn(error -> field.equals(error.get("field")))
                .first(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("pointer", "/" + field.replace('.', '/'))
                .extractingByKey("message", InstanceOfAssertFactories.STRING)
                .isNotEmpty();
        return checked;
    }

    public static ValidatableResponse notFound(Response answer) {
        return problem(answer, 404, "not-found");
    }
}
