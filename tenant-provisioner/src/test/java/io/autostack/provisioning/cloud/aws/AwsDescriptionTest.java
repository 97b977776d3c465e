package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsDescriptionTest {

    private final CloudDescription aws = AwsDescription.of(Optional.of("Beware."));

    @Test
    void nothing_is_said_of_one_machine() {
        assertThat(aws.toString())
                .doesNotContainIgnoringCase("docker")
                .doesNotContainIgnoringCase("this machine")
                .doesNotContainIgnoringCase("folder")
                .doesNotContain("cluster", "data directory", "local driver", "simulated");
    }

    @Test
    void a_container_is_looked_for_at_ecs_and_cloudwatch_and_a_database_at_rds() {
        assertThat(aws.hints().container()).contains("ECS", "CloudWatch");
        assertThat(aws.hints().database()).contains("RDS");
        assertThat(aws.hints().log()).contains("CloudWatch");
    }

    @Test
    void there_is_nothing_to_choose_about_the_place_of_a_database() {
        assertThat(aws.onboarding().placements())
                .singleElement()
                .satisfies(only -> assertThat(only.placement()).isEmpty());
    }

    @Test
    void an_unknown_quota_keeps_nobody_from_onboarding() {
        assertThat(aws.room().unknown()).contains("goes on all the same");
    }

    @Test
    void nothing_is_simulated_and_the_warning_is_passed_on() {
        assertThat(aws.simulates()).isFalse();
        assertThat(aws.warning()).contains("Beware.");
    }

    @Test
    void a_tenant_s_server_is_an_instance() {
        assertThat(aws.noun(Kind.CLUSTER)).isEqualTo("RDS instance");
        assertThat(aws.noun(Kind.ROUTE)).isEqualTo("route");
    }
}
