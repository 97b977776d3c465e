package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An operator onboards a customer, and the customer has a database of its own.
@QuarkusTest
class SignUpStory {

    @Test
    void an_operator_onboards_a_tenant_which_gets_its_own_database_role_secret_and_address() throws Exception {
        var slug = Onboarding.freshSlug();

        var accepted = Onboarding.ask(slug, "starter", "alice@example.com")
                .then()
                .statusCode(202)
                .header("Location", notNullValue())
                .body("status", is("provisioning"), "slug", is(slug))
                .extract();
        var operation = Onboarding.finished(accepted.path("operation"), "done");

        assertThat(operation.jsonPath().getList("steps.state")).containsOnly("done");
        assertThat(operation.jsonPath().getList("steps.name"))
                .containsExactly("secret", "database", "size", "check", "route");
        var tenant = Callers.alice().get("/api/v1/tenants/" + slug).then();
        tenant.statusCode(200)
                .body("status", equalTo("active"), "url", equalTo("http://" + slug + ".localhost:8081"))
                .body("database.secret", equalTo("tenants/" + slug + "/database"));
        Map<String, Object> database = tenant.extract().path("database");
        Map<String, String> secret = Callers.application()
                .get("/api/v1/secrets/" + database.get("secret"))
                .then()
                .statusCode(200)
                .extract()
                .path("value");
        var url = "jdbc:postgresql://" + database.get("host") + ":" + database.get("port") + "/" + database.get("name");
        try (var connection = DriverManager.getConnection(url, secret.get("username"), secret.get("password"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("insert into app.guestbook_entry (author, message) values ('Alice', 'First!')");
        }
    }
}
