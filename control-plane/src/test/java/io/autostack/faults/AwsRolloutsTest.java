package io.autostack.faults;

import static io.autostack.faults.ShopOnAws.BROKEN;
import static io.autostack.faults.ShopOnAws.IMAGE;
import static io.autostack.faults.ShopOnAws.name;
import static io.autostack.faults.ShopOnAws.request;
import static io.autostack.faults.ShopOnAws.service;
import static io.autostack.faults.ShopOnAws.stack;
import static io.autostack.faults.ShopOnAws.withoutDatabase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.testing.Server;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of deployments on ECS.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsRolloutsTest {

    private final Stage stage;

    @Inject
    AwsRolloutsTest(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @AfterEach
    void end() throws SQLException {
        if (AwsPlatform.isThere()) AwsPlatform.makeNoFaults();
        TenantRows.forgetAll();
    }

    /// After it has gone back, a service is as stable as ever.
    @Test
    void a20_a_deployment_that_ecs_took_back_has_failed_and_what_ran_before_goes_on() {
        var tenant = opened();
        deployed(tenant, withoutDatabase(IMAGE));

        var failed = stage.ended(stage.enqueue(request(tenant, withoutDatabase(BROKEN))));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message())
                .contains("took the deployment back", "CannotPullContainerError", "What ran before goes on");
        assertThat(service(tenant).orElseThrow().desiredCount()).isEqualTo(1);
    }

    @Test
    void a21_a_first_deployment_that_does_not_come_up_costs_nothing_and_goes_on_once_it_is_put_right() {
        var tenant = opened();

        var failed = stage.ended(stage.enqueue(request(tenant, stack(BROKEN, Replicas.ONE))));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message())
                .contains("gave the deployment up", "image cannot be fetched", "Nothing ran before");
        assertThat(service(tenant).orElseThrow().desiredCount()).isZero();
        deployed(tenant, stack(IMAGE, Replicas.ONE));
        assertThat(service(tenant).orElseThrow().desiredCount()).isEqualTo(1);
    }

    /// Neither fails nor comes up, for whatever reason: somebody has to be told in the end.
    @Test
    void a21_a_deployment_whose_tasks_are_never_placed_ends_by_the_clock() throws SQLException {
        var tenant = opened();
        var operation = stage.enqueue(request(tenant, stack("registry.example.com/stuck:1", Replicas.ONE)));
        Awaitility.await("the deployment is waited for")
                .atMost(Duration.ofSeconds(60))
                .until(() -> String.valueOf(stage.find(operation).message()).contains("0 of 1 tasks run"));

        Server.execute(
                "autostack",
                "update provisioning.ecs_service set deployed_at = deployed_at - interval '13 minutes' where name = '"
                        + name(tenant) + "'");

        assertThat(stage.ended(operation).message()).contains("did not come up in time", "Nothing ran before");
        assertThat(service(tenant).orElseThrow().desiredCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to Start a service that is still Draining.",
                "Creation of service was not idempotent.",
                "The target group with targetGroupArn arn:aws:x does not have an associated load balancer."
            })
    void a23_a24_what_ecs_refuses_for_a_moment_is_asked_for_again(String refusal) {
        var tenant = opened();
        AwsPlatform.refuse("CreateService", refusal, 2);

        deployed(tenant, stack(IMAGE, Replicas.ONE));

        assertThat(service(tenant)).isPresent();
    }

    @Test
    void a23_what_ecs_refuses_for_more_than_a_moment_has_failed_with_its_cause() throws SQLException {
        var tenant = opened();
        AwsPlatform.refuse("CreateService", "The target group x does not have an associated load balancer.", 1_000);
        var operation = stage.enqueue(request(tenant, stack(IMAGE, Replicas.ONE)));
        Awaitility.await("it is waited for")
                .atMost(Duration.ofSeconds(60))
                .until(() -> String.valueOf(stage.find(operation).message()).contains("to know the target group"));

        Server.execute(
                "autostack",
                "update provisioning.ecs_service set asked_at = asked_at - interval '3 minutes' where name = '"
                        + name(tenant) + "'");

        assertThat(stage.ended(operation).message())
                .contains("ECS CreateService", "does not have an associated load balancer", "retrying is safe");
    }

    /// What a task reads at its start it never reads again.
    @Test
    void a_new_value_of_a_secret_is_a_new_revision_and_a_rolling_deployment() {
        var tenant = opened();
        var request = request(tenant, stack(IMAGE, Replicas.ONE));
        stage.done(stage.enqueue(request));
        var before = service(tenant).orElseThrow();

        AwsPlatform.account()
                .put(
                        "autostack-test/tenants/" + tenant.slug() + "/apps/shop/credentials",
                        "{\"password\": \"another\", \"username\": \"x\"}");
        stage.done(stage.enqueue(new DeployStack.Request(tenant.subject(), UUID.randomUUID(), request.app())));

        assertThat(service(tenant).orElseThrow().taskDefinition()).isNotEqualTo(before.taskDefinition());
    }

    /// Days after its last deployment.
    @Test
    void a_deployment_of_an_app_that_has_run_for_long_has_time_to_come_up() throws SQLException {
        var tenant = opened();
        deployed(tenant, stack(IMAGE, Replicas.ONE));
        Server.execute(
                "autostack",
                "update provisioning.ecs_service set deployed_at = deployed_at - interval '3 days',"
                        + " asked_at = asked_at - interval '3 days' where name = '" + name(tenant) + "'");
        AwsPlatform.refuse("CreateService", "Unable to Start a service that is still Draining.", 1);

        deployed(tenant, stack("registry.example.com/shop:2", Replicas.ONE));

        assertThat(service(tenant).orElseThrow().taskDefinition()).endsWith(":2");
    }

    @Test
    void what_failed_is_deployed_anew_by_a_retry_though_nothing_about_it_has_changed() {
        var tenant = opened();
        var failed = stage.ended(stage.enqueue(request(tenant, stack(BROKEN, Replicas.ONE))));
        var before = AwsPlatform.count(Set.of("UpdateService"));

        assertThat(stage.retry(failed.id())).isTrue();

        assertThat(stage.ended(failed.id()).state()).isEqualTo(State.FAILED);
        assertThat(AwsPlatform.count(Set.of("UpdateService")))
                .as("deployed anew, and given up again")
                .isEqualTo(before + 2);
    }

    private Tenant opened() {
        return ShopOnAws.opened(stage);
    }

    private Operation deployed(Tenant tenant, DeployStack.Stack stack) {
        return ShopOnAws.deployed(stage, tenant, stack);
    }
}
