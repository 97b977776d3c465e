package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Task;

class TaskFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a28 | ResourceInitializationError: unable to pull secrets: context deadline exceeded | network",
                "a28 | ResourceInitializationError: AccessDeniedException: not authorized | execution role",
                "a27 | CannotPullContainerError: no matching manifest for platform linux/amd64 | this processor",
                "a27 | exec /app: exec format error | another processor",
                "image | CannotPullContainerError: not found | cannot be fetched",
                "memory | OutOfMemoryError: container killed due to memory usage | more memory",
                "health | Task failed ELB health checks in (target-group x) | health path",
                "exit | Essential container in task exited | its log",
                "other | Something else | Its log says more",
            })
    void what_ecs_says_comes_with_what_a_person_can_do(String what, String said, String advice) {
        assertThat(TaskFailure.words(Task.builder().stoppedReason(said).build()))
                .as(what)
                .contains(said)
                .contains(advice);
    }

    @Test
    void what_a_container_says_is_part_of_it_and_nothing_is_said_of_nothing() {
        assertThat(TaskFailure.words(Task.builder()
                        .stoppedReason("Essential container in task exited")
                        .containers(container ->
                                container.reason("OutOfMemoryError: killed").exitCode(137))
                        .build()))
                .contains("exit code 137", "larger size");
        assertThat(TaskFailure.words(Task.builder().build())).isEmpty();
    }
}
