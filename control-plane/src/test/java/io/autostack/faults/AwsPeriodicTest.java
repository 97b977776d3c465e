package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.provisioning.plans.OpenTenant;
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

/// What is looked after on AWS again and again.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsPeriodicTest {

    private final Stage stage;
    private final Cloud cloud;
    private final Instance<PeriodicTask> tasks;

    @Inject
    AwsPeriodicTest(Stage stage, Cloud cloud, @Any Instance<PeriodicTask> tasks) {
        this.stage = stage;
        this.cloud = cloud;
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
        var rest = task("rest-suspended");
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

    @Test
    void the_administrator_s_password_is_replaced_when_it_is_old_also_when_the_instance_hears_of_it_later()
            throws SQLException {
        var tenant = Scenario.Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        var secret = "autostack-test/servers/" + instance(tenant.id()).dbInstanceIdentifier();
        var before = AwsPlatform.account().secret(secret);

        task("administrator-passwords").run();
        var after = AwsPlatform.account().secret(secret);
        assertThat(after).isNotEqualTo(before);
        assertThat(cloud.signIn(tenant.subject().databaseSpec())).isEqualTo(new SignIn.Works(true, true));

        // What is put there by hand, or just before everything ends, is given to the instance by the next who needs it.
        AwsPlatform.account()
                .put(secret, after.replaceAll("(\"password\": *\")[^\"]*", "$1Changed0By0Hand0And0Long0Enough"));
        assertThat(cloud.signIn(tenant.subject().databaseSpec()))
                .as("who only looks")
                .isEqualTo(new SignIn.NoAnswer());
        stage.done(stage.enqueue(Scenario.of(MigrateSchema.KIND).request().apply(tenant)));
        assertThat(cloud.signIn(tenant.subject().databaseSpec())).isEqualTo(new SignIn.Works(true, true));
    }

    private PeriodicTask task(String name) {
        return tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
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
