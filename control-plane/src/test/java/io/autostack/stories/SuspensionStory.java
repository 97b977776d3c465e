package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An operator suspends a tenant: its database refuses connections, its data wait untouched until it is resumed.
@QuarkusTest
class SuspensionStory {

    @Test
    void a_suspended_tenant_is_refused_and_finds_its_data_again_when_resumed() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        write(slug, "before");

        Onboarding.finished(change(slug, "suspend"), "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("suspended"));
        assertThatThrownBy(() -> write(slug, "meanwhile")).hasMessageContaining("not currently accepting connections");
        Callers.operator()
                .post("/api/v1/tenants/" + slug + "/suspend")
                .then()
                .statusCode(409)
                .body("detail", containsString("is suspended"));

        Onboarding.finished(change(slug, "resume"), "done");

        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
        assertThat(write(slug, "after")).isEqualTo(2);
    }

    @Test
    void a_tenant_does_not_suspend_itself() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");

        Callers.alice().post("/api/v1/tenants/" + slug + "/suspend").then().statusCode(403);
        Callers.operator().post("/api/v1/tenants/" + slug + "/resume").then().statusCode(409);
        Callers.alice().get("/api/v1/tenants/" + slug).then().body("status", is("active"));
    }

    private static String change(String slug, String change) {
        return Callers.operator()
                .post("/api/v1/tenants/" + slug + "/" + change)
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    /// @return how many entries there are now
    private static int write(String slug, String message) throws SQLException {
        Map<String, Object> database =
                Callers.operator().get("/api/v1/tenants/" + slug).path("database");
        Map<String, String> secret = Callers.application()
                .get("/api/v1/secrets/" + database.get("secret"))
                .path("value");
        var url = "jdbc:postgresql://" + database.get("host") + ":" + database.get("port") + "/" + database.get("name");
        try (var connection = DriverManager.getConnection(url, secret.get("username"), secret.get("password"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into app.guestbook_entry (author, message) values ('Alice', '" + message + "')");
            try (var count = statement.executeQuery("select count(*) from app.guestbook_entry")) {
                count.next();
                return count.getInt(1);
            }
        }
    }
}
