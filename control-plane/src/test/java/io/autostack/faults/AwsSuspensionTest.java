package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What a suspended tenant costs on AWS.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsSuspensionTest {

    private final Stage stage;
    private final Instance<PeriodicTask> tasks;

    @Inject
    AwsSuspensionTest(Stage stage, @Any Instance<PeriodicTask> tasks) {
        this.stage = stage;
        this.tasks = tasks;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @AfterEach
    void end() throws SQLException {
        TenantRows.forgetAll();
    }

    /// AWS starts it by itself after seven days.
    @Test
    void
            the_instance_of_a_suspended_tenant_is_stopped_as_often_as_it_is_found_running_and_started_when_it_is_resumed() {
        var slug = Onboarding.freshSlug();
        var rest = tasks.stream()
                .filter(task -> task.name().equals("rest-suspended"))
                .findFirst()
                .orElseThrow();
        UUID tenant = UUID.fromString(done(Callers.bootstrap("cli")
                        .contentType("application/json")
                        .body(Map.of("slug", slug, "name", slug, "plan", "starter", "adminEmail", "a@example.com"))
                        .post("/api/v1/tenants"))
                .path("id"));
        rest.run();
        assertThat(instance(tenant).dbInstanceStatus())
                .as("of an active tenant")
                .isEqualTo("available");

        done(Callers.bootstrap("cli").post("/api/v1/tenants/" + slug + "/suspend"));
        rest.run();
        assertThat(instance(tenant).dbInstanceStatus()).isEqualTo("stopped");
        AwsPlatform.account().start(instance(tenant).dbInstanceIdentifier());
        rest.run();
        assertThat(instance(tenant).dbInstanceStatus())
                .as("after it was started")
                .isEqualTo("stopped");

        done(Callers.bootstrap("cli").post("/api/v1/tenants/" + slug + "/resume"));
        rest.run();
        assertThat(instance(tenant).dbInstanceStatus()).isEqualTo("available");
    }

    private Response done(Response answer) {
        answer.then().statusCode(202);
        stage.done(UUID.fromString(answer.path("operation")));
        return answer;
    }

    private static DBInstance instance(UUID tenant) {
        return AwsPlatform.account().instances(tenant).getFirst();
    }
}
