package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.testing.Server;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A service that all tenants share, and what is remembered of its deployments.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class ServiceDeploymentsTest {

    private static final Set<String> CHANGES = Set.of("CreateService", "UpdateService");

    private final ServiceDeployments deployments;
    private final ResourceTags tags;
    private final String name = "shared-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ServiceDeploymentsTest(ServiceDeployments deployments, ResourceTags tags) {
        this.deployments = deployments;
        this.tags = tags;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @AfterEach
    void forget() throws SQLException {
        Server.execute("autostack", "delete from provisioning.ecs_service where name = '" + name + "'");
    }

    private ServiceSpec spec(String image) {
        return new ServiceSpec(
                Optional.empty(),
                name,
                image,
                List.of(),
                FargateSize.atLeast(BigDecimal.ONE, 2048).orElseThrow(),
                Replicas.ONE,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                "",
                Optional.empty(),
                "/autostack/" + name,
                tags.shared("application"),
                Optional.empty(),
                true);
    }

    private static ServiceSpec with(ServiceSpec spec, Replicas replicas) {
        return new ServiceSpec(
                spec.tenant(),
                spec.name(),
                spec.image(),
                spec.command(),
                spec.size(),
                replicas,
                spec.port(),
                spec.healthPath(),
                spec.environment(),
                spec.secrets(),
                spec.secretsVersion(),
                spec.host(),
                spec.logGroup(),
                spec.tags(),
                spec.taskRole(),
                spec.rollBack());
    }

    /// Asked again as steps are.
    private Outcome ended(ServiceSpec spec) {
        for (int i = 0; i < 20; i++) {
            var outcome = asked(spec);
            if (!(outcome instanceof Outcome.NotYet)) return outcome;
        }
        throw new AssertionError(name + " has not ended");
    }

    private Outcome asked(ServiceSpec spec) {
        try {
            return deployments.ensure(spec);
        } catch (OutcomeException e) {
            return e.outcome();
        }
    }

    private void update(String change) throws SQLException {
        Server.execute("autostack", "update provisioning.ecs_service set " + change + " where name = '" + name + "'");
    }

    @Test
    void what_did_not_come_up_is_remembered_for_an_hour_and_only_as_it_was() throws SQLException {
        assertThat(ended(spec("registry.example.com/application:1"))).isInstanceOf(Outcome.Done.class);
        assertThat(deployments.everRan(name)).isTrue();
        var broken = spec("registry.example.com/broken:2");

        assertThat(ended(broken))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("What ran before goes on"));

        assertThat(deployments.failedLately(broken)).isTrue();
        assertThat(deployments.everRan(name)).as("and goes on").isTrue();
        assertThat(deployments.failedLately(spec("registry.example.com/application:3")))
                .as("another image")
                .isFalse();
        update("deployed_at = deployed_at - interval '61 minutes'");
        assertThat(deployments.failedLately(broken)).as("an hour later").isFalse();
    }

    /// As if everything had ended between ECS's answer and our writing it down.
    @Test
    void a_deployment_that_nobody_wrote_down_is_taken_over() throws SQLException {
        var spec = spec("registry.example.com/application:1");
        asked(spec);
        update("state = 'asked', deployment_id = null, deployed_at = null");
        var before = AwsPlatform.count(CHANGES);

        assertThat(ended(spec)).isInstanceOf(Outcome.Done.class);

        assertThat(AwsPlatform.count(CHANGES)).isEqualTo(before);
    }

    @Test
    void more_copies_are_no_new_deployment() {
        var one = spec("registry.example.com/application:1");
        assertThat(ended(one)).isInstanceOf(Outcome.Done.class);
        var deployment = AwsPlatform.count(Set.of("RegisterTaskDefinition"));

        var more = with(one, new Replicas(3, 3));

        assertThat(ended(more))
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.evidence()).containsEntry("tasks", "3 of 3 to 3"));
        assertThat(AwsPlatform.count(Set.of("RegisterTaskDefinition"))).isEqualTo(deployment);
        assertThat(AwsPlatform.account().service(name).orElseThrow().desiredCount())
                .isEqualTo(3);
    }

    @Test
    void who_may_not_scale_what_all_tenants_share_runs_it_all_the_same() {
        AwsPlatform.make("RegisterScalableTarget", AwsFault.DENIED, 1);

        assertThat(ended(with(spec("registry.example.com/application:1"), new Replicas(1, 2))))
                .isInstanceOf(Outcome.Done.class);

        AwsPlatform.makeNoFaults();
    }
}
