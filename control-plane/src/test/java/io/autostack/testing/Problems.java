package io.autostack.testing;

import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/// What every refusal of the API has to look like.
public final class Problems {

    private Problems() {}

    /// A complete problem of the type, with the type's status.
    public static ValidatableResponse problem(Response answer, int status, String type) {
        return answer.then()
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("type", equalTo("/problems/" + type))
                .body("status", equalTo(status))
                .body("title", not(emptyOrNullString()))
                .body("detail", not(emptyOrNullString()));
    }

    /// Input that is refused because of this field, with a message for it.
    public static ValidatableResponse field(Response answer, String field) {
        return problem(answer, 422, "invalid-input")
                .body("errors.field", hasItem(field))
                .body("errors.find { it.field == '" + field + "' }.message", not(emptyOrNullString()))
                .body("errors.find { it.field == '" + field + "' }.pointer", equalTo("/" + field.replace('.', '/')));
    }

    public static ValidatableResponse notFound(Response answer) {
        return problem(answer, 404, "not-found");
    }
}
