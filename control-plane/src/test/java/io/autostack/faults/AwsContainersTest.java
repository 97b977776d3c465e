package io.autostack.faults;

import static io.autostack.faults.ShopOnAws.BROKEN;
import static io.autostack.faults.ShopOnAws.IMAGE;
import static io.autostack.faults.ShopOnAws.host;
import static io.autostack.faults.ShopOnAws.name;
import static io.autostack.faults.ShopOnAws.request;
import static io.autostack.faults.ShopOnAws.service;
import static io.autostack.faults.ShopOnAws.stack;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/// Stacks and the shared application as services on ECS.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsContainersTest {

    private static final Set<String> CHANGES = Set.of("RegisterTaskDefinition", "CreateService", "UpdateService");

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
        var before = AwsPlatform.count(CHANGES);

        for (int i = 0; i < 3; i++)
            stage.done(stage.enqueue(new DeployStack.Request(tenant.subject(), UUID.randomUUID(), request.app())));

        assertThat(AwsPlatform.count(CHANGES)).isEqualTo(before);
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
        return ShopOnAws.opened(stage);
    }

    private Operation deployed(Tenant tenant, DeployStack.Stack stack) {
        return ShopOnAws.deployed(stage, tenant, stack);
    }
}
