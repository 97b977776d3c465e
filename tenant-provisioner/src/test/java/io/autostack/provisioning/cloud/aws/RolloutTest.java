package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

class RolloutTest {

    private static Deployment.Builder deployment(String id, String status) {
        return Deployment.builder()
                .id(id)
                .status(status)
                .desiredCount(2)
                .runningCount(2)
                .pendingCount(0)
                .failedTasks(0);
    }

    private static Deployment rolled(String id, DeploymentRolloutState state) {
        return deployment(id, "PRIMARY").rolloutState(state).build();
    }

    @Test
    void a20_a_service_that_is_stable_on_another_deployment_has_failed() {
        assertThat(Rollout.of(List.of(rolled("before", DeploymentRolloutState.COMPLETED)), "ours"))
                .isInstanceOf(Rollout.Failed.class);
    }

    @Test
    void a20_a_deployment_that_was_given_up_has_failed_whatever_runs() {
        assertThat(Rollout.of(List.of(rolled("ours", DeploymentRolloutState.FAILED)), "ours"))
                .isInstanceOf(Rollout.Failed.class);
    }

    @Test
    void a20_ours_and_completed_is_well() {
        assertThat(Rollout.of(List.of(rolled("ours", DeploymentRolloutState.COMPLETED)), "ours"))
                .isEqualTo(new Rollout.Completed(2));
    }

    @Test
    void one_that_another_has_replaced_has_failed() {
        var ours = deployment("ours", "ACTIVE")
                .rolloutState(DeploymentRolloutState.IN_PROGRESS)
                .build();

        assertThat(Rollout.of(List.of(rolled("later", DeploymentRolloutState.IN_PROGRESS), ours), "ours"))
                .isInstanceOf(Rollout.Failed.class);
    }

    @Test
    void all_tasks_running_is_not_yet_completed_while_ecs_says_so() {
        assertThat(Rollout.of(List.of(rolled("ours", DeploymentRolloutState.IN_PROGRESS)), "ours"))
                .isEqualTo(new Rollout.UnderWay("2 of 2 tasks run, 0 of the 3 failures that end it"));
    }

    @Test
    void who_does_not_say_how_far_it_is_is_judged_by_what_runs() {
        var silent = deployment("ours", "PRIMARY").build();
        var half = deployment("ours", "PRIMARY").runningCount(1).build();

        assertThat(Rollout.of(List.of(silent), "ours")).isEqualTo(new Rollout.Completed(2));
        assertThat(Rollout.of(List.of(half), "ours")).isInstanceOf(Rollout.UnderWay.class);
        assertThat(Rollout.of(List.of(silent, deployment("before", "ACTIVE").build()), "ours"))
                .isInstanceOf(Rollout.UnderWay.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "10, 5", "25, 13", "400, 200", "800, 200"})
    void a21_half_of_the_tasks_may_fail_three_at_least_and_two_hundred_at_most(int desired, int failures) {
        assertThat(Rollout.failuresAllowed(desired)).isEqualTo(failures);
    }
}
