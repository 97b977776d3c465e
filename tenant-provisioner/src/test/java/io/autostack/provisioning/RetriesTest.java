package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    @Test
    void pauses_triple_up_to_a_minute_and_half_of_each_is_left_to_chance() {
        for (int failures = 1; failures < Retries.MAX_FAILURES; failures++) {
            long longest = (long) Math.min(500 * Math.pow(3, failures - 1), 60_000);
            for (int draw = 0; draw < 100; draw++)
                assertThat(Retries.pause(failures, random).orElseThrow())
                        .isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }

    @Test
    void a_minute_without_answers_uses_up_no_step_whatever_chance_says() {
        var shortest = IntStream.range(1, Retries.MAX_FAILURES)
                .mapToObj(failures -> Retries.pause(failures, () -> 0).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(shortest).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void two_operations_that_met_one_outage_do_not_come_back_together() {
        assertThat(random.ints(50).mapToObj(draw -> Retries.pause(7, random)).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void the_longest_pause_is_all_of_it_and_the_shortest_half() {
        assertThat(Retries.pause(7, () -> 0)).hasValue(Duration.ofSeconds(30));
        var longest = random.longs(5_000)
                .mapToObj(draw -> Retries.pause(1, random).orElseThrow())
                .max(Duration::compareTo);
        assertThat(longest).hasValue(Duration.ofMillis(500));
    }

    @Test
    void another_replica_is_asked_after_half_a_second_to_two_and_a_half() {
        assertThat(Retries.elsewhere(() -> 0)).isEqualTo(Duration.ofMillis(500));
        var asked =
                random.longs(5_000).mapToObj(draw -> Retries.elsewhere(random)).toList();
        assertThat(asked)
                .allMatch(pause -> pause.compareTo(Duration.ofMillis(2_500)) < 0)
                .anyMatch(pause -> pause.compareTo(Duration.ofMillis(2_400)) > 0);
    }

    @Test
    void after_eight_failures_in_a_row_a_person_has_to_look() {
        assertThat(Retries.pause(Retries.MAX_FAILURES, random)).isEmpty();
    }

    @Test
    void a_step_is_overdue_behind_its_deadline_and_not_before_it_began() {
        var began = Instant.parse("2026-11-20T09:00:00Z");

        assertThat(Retries.isOverdue(began, Duration.ofMinutes(5), began.plusSeconds(300)))
                .isFalse();
        assertThat(Retries.isOverdue(began, Duration.ofMinutes(5), began.plusSeconds(301)))
                .isTrue();
        assertThat(Retries.isOverdue(null, Duration.ofMinutes(5), began)).isFalse();
    }
}
