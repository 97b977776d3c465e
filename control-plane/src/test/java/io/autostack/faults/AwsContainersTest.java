package io.autostack.faults;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.StackComponent;
import io.autostack.testing.Server;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/// Stacks and the shared application as services on ECS.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsContainersTest {

    private static final String IMAGE = "registry.example.com/shop:1";
    private static final String BROKEN = "registry.example.com/broken:1";

    private final Stage stage;
    private final Cloud cloud;

    @Inject
    AwsContainersTest(Stage stage, Cloud cloud) {
        this.stage = stage;
        this.cloud = cloud;
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

    @Test
    void a_container_of_a_stack_is_a_service_with_a_rule_a_name_a_log_and_secrets_by_reference() {
        var tenant = opened();

        var done = deployed(tenant, stack(IMAGE, new Replicas(1, 4)));

        var service = service(tenant).orElseThrow();
        assertThat(service.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .contains("Tenant=" + tenant.id(), "ManagedBy=AutoStack", "Component=container");
        var definition = AwsPlatform.account().definition(service.taskDefinition());
        assertThat(definition.cpu()).isEqualTo("512");
        assertThat(definition.memory()).isEqualTo("1024");
        assertThat(definition.taskRoleArn()).as("its tasks may do nothing").isNull();
        var container = definition.containerDefinitions().getFirst();
        assertThat(container.environment())
                .extracting(KeyValuePair::name)
                .containsExactlyInAnyOrder("HOSTNAME", "PORT");
        assertThat(container.secrets()).extracting(Secret::name).containsExactlyInAnyOrder("DATABASE_URL", "PASSWORD");
        assertThat(container.secrets())
                .allSatisfy(secret -> assertThat(secret.valueFrom()).startsWith("arn:aws:secretsmanager:"));
        assertThat(AwsPlatform.account().secret("autostack-test/containers/" + name(tenant)))
                .contains("postgresql://", "@127.0.0.1:");
        assertThat(AwsPlatform.account().rules(host(tenant))).hasSize(1);
        assertThat(AwsPlatform.account().records(host(tenant))).containsExactly("A");
        assertThat(done.steps())
                .filteredOn(step -> step.name().equals("container:web"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.simulated()).isFalse();
                    assertThat(step.evidence())
                            .containsEntry("address", "https://" + host(tenant))
                            .containsEntry("tasks", "1 of 1 to 4")
                            .containsEntry("size of a task", "0.5 vCPU, 1024 MiB");
                });
    }

    @Test
    void what_a_container_writes_can_be_read() {
        var tenant = opened();
        deployed(tenant, stack(IMAGE, Replicas.ONE));
        assertThat(cloud.containerOutput(tenant.id(), name(tenant), 10)).isEqualTo(new ContainerOutput.None());

        AwsPlatform.account().write("/autostack/autostack-test/stacks/" + name(tenant), "serving");

        assertThat(cloud.containerOutput(tenant.id(), name(tenant), 10))
                .isInstanceOfSatisfying(
                        ContainerOutput.Written.class,
                        written -> assertThat(written.text()).endsWith("serving\n"));
        assertThat(cloud.containerOutput(UUID.randomUUID(), name(tenant), 10))
                .as("of another tenant")
                .isEqualTo(new ContainerOutput.None());
    }

    /// What is read back comes in another order and with defaults, and means the same.
    @Test
    void a25_who_asks_again_for_the_same_makes_no_new_revision_and_no_new_deployment() {
        var tenant = opened();
        var request = request(tenant, stack(IMAGE, Replicas.ONE));
        stage.done(stage.enqueue(request));
        var before = service(tenant).orElseThrow();

        for (int i = 0; i < 3; i++)
            stage.done(stage.enqueue(new DeployStack.Request(tenant.subject(), UUID.randomUUID(), request.app())));

        var after = service(tenant).orElseThrow();
        assertThat(after.taskDefinition()).isEqualTo(before.taskDefinition());
        assertThat(after.deployments().getFirst().id())
                .isEqualTo(before.deployments().getFirst().id());
    }

    @Test
    void another_image_is_another_revision_in_a_rolling_deployment() {
        var tenant = opened();
        deployed(tenant, stack(IMAGE, Replicas.ONE));
        var before = service(tenant).orElseThrow();

        deployed(tenant, stack("registry.example.com/shop:2", Replicas.ONE));

        var after = service(tenant).orElseThrow();
        assertThat(after.taskDefinition()).isNotEqualTo(before.taskDefinition());
        assertThat(AwsPlatform.account()
                        .definition(after.taskDefinition())
                        .containerDefinitions()
                        .getFirst()
                        .image())
                .isEqualTo("registry.example.com/shop:2");
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
                .contains("For two minutes", "to know the target group", "retrying is safe");
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

    @Test
    void a24_what_is_released_leaves_nothing_and_its_name_can_be_used_again() {
        var tenant = opened();
        var groups = AwsPlatform.account().targetGroups();
        var failed = stage.ended(stage.enqueue(request(tenant, stack(BROKEN, Replicas.ONE))));

        stage.done(stage.rollBack(failed.id()));

        assertThat(service(tenant)).isEmpty();
        assertThat(AwsPlatform.account().rules(host(tenant))).isEmpty();
        assertThat(AwsPlatform.account().records(host(tenant))).isEmpty();
        assertThat(AwsPlatform.account().targetGroups()).isEqualTo(groups);
        assertThat(AwsPlatform.account().hasLogGroup("/autostack/autostack-test/stacks/" + name(tenant)))
                .isFalse();
        assertThat(AwsPlatform.account().secrets(tenant.id())).noneMatch(name -> name.contains("/containers/"));
        deployed(tenant, stack(IMAGE, Replicas.ONE));
    }

    @Test
    void a40_a_priority_that_a_stranger_has_is_passed_over() {
        var next = nextPriority();
        AwsPlatform.account().addRule("stranger-" + next + ".example.com", next);
        var tenant = opened();

        deployed(tenant, stack(IMAGE, Replicas.ONE));

        assertThat(AwsPlatform.account().rules(host(tenant)))
                .extracting(Rule::priority)
                .containsExactly(Integer.toString(next + 1));
    }

    /// The smallest one that no rule has.
    private int nextPriority() {
        var first = opened();
        deployed(first, stack(IMAGE, Replicas.ONE));
        var priority = Integer.parseInt(
                AwsPlatform.account().rules(host(first)).getFirst().priority());
        return AwsPlatform.account().firstFreePriority(priority);
    }

    @Test
    void a_rule_of_a_stranger_for_the_same_name_is_a_conflict() {
        var tenant = opened();
        AwsPlatform.account().addRule(host(tenant), AwsPlatform.account().firstFreePriority(40_000));

        var failed = stage.ended(stage.enqueue(request(tenant, stack(IMAGE, Replicas.ONE))));

        assertThat(failed.message())
                .contains("A rule of the load balancer for " + host(tenant), "does not carry our tags");
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "LOST"})
    void a_stack_comes_and_goes_while_each_call_comes_to_grief_once(AwsFault fault) {
        var tenant = opened();
        AwsPlatform.makeOnceForEach(fault);
        var request = request(tenant, stack(IMAGE, new Replicas(1, 2)));
        stage.done(stage.enqueue(request));
        assertThat(AwsPlatform.met())
                .contains("CreateService", "CreateRule", "CreateTargetGroup", "RegisterTaskDefinition");
        AwsPlatform.makeNoFaults();
        var failed = stage.ended(stage.enqueue(request(tenant, stack(BROKEN, new Replicas(1, 2)))));

        AwsPlatform.makeOnceForEach(fault);
        stage.done(stage.rollBack(failed.id()));

        assertThat(AwsPlatform.met()).contains("DeleteService", "DeleteRule", "DeleteTargetGroup");
        assertThat(service(tenant)).isEmpty();
        assertThat(AwsPlatform.account().rules(host(tenant))).isEmpty();
    }

    @Test
    void the_application_that_tenants_share_runs_behind_all_names_and_knows_its_token() throws Exception {
        opened();

        var service = AwsPlatform.account().service("application").orElseThrow();
        assertThat(service.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .contains("Tenant=shared", "Component=application");
        assertThat(service.desiredCount()).isGreaterThanOrEqualTo(2);
        assertThat(AwsPlatform.account().rules("*.localhost"))
                .extracting(Rule::priority)
                .containsExactly("49999");
        var container = AwsPlatform.account()
                .definition(service.taskDefinition())
                .containerDefinitions()
                .getFirst();
        assertThat(container.environment().stream().collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value)))
                .containsKeys("AUTOSTACK_URL", "PORT");
        var token = AwsPlatform.account()
                .secret("autostack-test/platform/application-token")
                .replaceAll("^.*:\\s*\"|\".*$", "");
        given().auth()
                .oauth2(token)
                .get("/api/v1/routes/nobody.localhost")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token + "x")
                .get("/api/v1/routes/nobody.localhost")
                .then()
                .statusCode(401);
    }

    private Tenant opened() {
        var tenant = Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        return tenant;
    }

    private Operation deployed(Tenant tenant, DeployStack.Stack stack) {
        return stage.done(stage.enqueue(request(tenant, stack)));
    }

    private static DeployStack.Request request(Tenant tenant, DeployStack.Stack stack) {
        return new DeployStack.Request(
                tenant.subject(),
                UUID.randomUUID(),
                new DeployStack.App(
                        "shop",
                        stack,
                        stack.databases().isEmpty()
                                ? Map.of()
                                : Map.of("database", tenant.subject().database() + "__a1")));
    }

    private static DeployStack.Stack stack(String image, Replicas replicas) {
        return new DeployStack.Stack(
                List.of(new StackComponent.Secret("credentials", List.of("password"))),
                List.of(new StackComponent.Database("database", "credentials")),
                List.of(),
                List.of(container(image, replicas, Map.of("DATABASE_URL", "database"))));
    }

    private static DeployStack.Stack withoutDatabase(String image) {
        return new DeployStack.Stack(
                List.of(new StackComponent.Secret("credentials", List.of("password"))),
                List.of(),
                List.of(),
                List.of(container(image, Replicas.ONE, Map.of())));
    }

    private static StackComponent.Container container(String image, Replicas replicas, Map<String, String> databases) {
        return new StackComponent.Container(
                "web",
                image,
                List.of(),
                new BigDecimal("0.5"),
                1000,
                replicas,
                3000,
                Optional.of("/ready"),
                Map.of(),
                Map.of("PASSWORD", List.of("credentials", "password")),
                databases);
    }

    private static Optional<Service> service(Tenant tenant) {
        return AwsPlatform.account().service(name(tenant));
    }

    private static String name(Tenant tenant) {
        return "autostack-" + tenant.slug() + "--shop--web";
    }

    private static String host(Tenant tenant) {
        return tenant.slug() + "--shop--web.localhost";
    }
}
