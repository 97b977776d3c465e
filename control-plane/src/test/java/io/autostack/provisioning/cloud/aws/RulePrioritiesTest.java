package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class RulePrioritiesTest {

    private final RulePriorities priorities;

    @Inject
    RulePrioritiesTest(RulePriorities priorities) {
        this.priorities = priorities;
    }

    private static String listener() {
        return "arn:" + UUID.randomUUID();
    }

    @Test
    void a40_the_first_gap_is_taken_and_not_the_number_after_the_largest() {
        var listener = listener();
        priorities.strangers(listener, "nobody", List.of(1, 2, 4, 49_999));

        assertThat(priorities.take(listener, "one", false)).contains(3);
        assertThat(priorities.take(listener, "two", false)).contains(5);
        assertThat(priorities.take(listener, "*.example.com", true)).contains(49_998);
        assertThat(priorities.take(listener, "one", false)).as("asked again").contains(3);
    }

    @Test
    void a40_many_at_once_never_get_the_same_and_what_is_released_is_free() {
        var listener = listener();

        var taken = IntStream.range(0, 40)
                .parallel()
                .mapToObj(number -> priorities.take(listener, "host-" + number, false))
                .flatMap(Optional::stream)
                .toList();

        assertThat(taken).hasSize(40).doesNotHaveDuplicates().allMatch(number -> number <= 40);
        priorities.release(listener, "host-7");
        assertThat(priorities.take(listener, "another", false).orElseThrow()).isLessThanOrEqualTo(40);
    }

    @Test
    void a40_a_number_that_turned_out_to_be_a_stranger_s_is_given_up() {
        var listener = listener();
        assertThat(priorities.take(listener, "ours", false)).contains(1);

        priorities.strangers(listener, "ours", List.of(1));

        assertThat(priorities.take(listener, "ours", false)).contains(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 50_000, 50_001})
    void a40_a42_numbers_that_no_rule_of_ours_may_have_are_not_written_down(int priority) {
        var listener = listener();

        assertThatThrownBy(() -> priorities.has(listener, "ours", priority)).isInstanceOf(IllegalStateException.class);
    }
}
