package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.cloud.OnboardingPlan;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class PreflightTest {

    private static final Set<String> MAKING =
            Set.of("CreateDBInstance", "CreateSecret", "ChangeResourceRecordSets", "CreateService");

    private final AwsSettings settings;
    private final AwsClients clients;

    @Inject
    PreflightTest(AwsSettings settings, AwsClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @AfterEach
    void end() {
        if (AwsPlatform.isThere()) AwsPlatform.makeNoFaults();
    }

    @Test
    void an_environment_in_which_tenants_can_live_has_nothing_in_the_way() {
        assertThat(Preflight.of(settings, clients))
                .allSatisfy(finding -> assertThat(finding.good())
                        .as(finding.what() + ": " + finding.sentence())
                        .isTrue());
    }

    @Test
    void what_the_role_may_not_is_named_with_the_permission_and_the_rest_is_looked_at_all_the_same() {
        AwsPlatform.make("GetHostedZone", AwsFault.DENIED, 1);
        AwsPlatform.make("ListSecrets", AwsFault.DENIED, 1);

        assertThat(Preflight.of(settings, clients).stream().filter(finding -> !finding.good()))
                .extracting(Preflight.Finding::what)
                .containsExactly("zone", "secrets");
        AwsPlatform.make("ListSecrets", AwsFault.DENIED, 1);
        assertThat(Preflight.of(settings, clients).stream().filter(finding -> !finding.good()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("secretsmanager:ListSecrets"));
    }

    @Test
    void an_onboarding_is_planned_with_all_that_it_would_make_and_makes_nothing() {
        var made = AwsPlatform.count(MAKING);

        var plan = AwsOnboardingPlanner.plan(settings, clients, "planned", ServerSpec.PRODUCTION);

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.parts())
                .extracting(OnboardingPlan.Part::service)
                .containsExactly("Secrets Manager", "Secrets Manager", "RDS", "Route 53", "ECS");
        assertThat(AwsPlatform.count(MAKING)).isEqualTo(made);
    }

    @Test
    void a_name_that_is_taken_is_in_the_way_of_a_planned_onboarding() {
        AwsPlatform.account().addRecord("taken-by-plan.localhost", "192.0.2.7");

        assertThat(AwsOnboardingPlanner.plan(settings, clients, "taken-by-plan", ServerSpec.POC)
                        .obstacles())
                .singleElement()
                .asString()
                .contains("taken-by-plan.localhost", "type A");
        assertThatThrownBy(() -> AwsOnboardingPlanner.plan(settings, clients, "Not A Name", ServerSpec.POC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("short name");
    }

    @Test
    void nothing_was_called_that_is_not_on_the_list_of_calls() {
        Preflight.of(settings, clients);

        assertThat(Arrays.stream(AwsCall.values()).map(AwsCall::operation)).containsAll(AwsPlatform.heard());
    }
}
