package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    private static final Instant NOW = Instant.parse("2026-11-30T23:59:59.999999Z");

    @Test
    void a_month_is_one_in_utc() {
        assertThat(Period.at(NOW).end()).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void a_month_begins_with_its_first_moment_and_ends_before_the_next_ones() {
        var november = Period.at(NOW);

        assertThat(november.contains(Instant.parse("2026-11-01T00:00:00Z"))).isTrue();
        assertThat(november.contains(NOW)).isTrue();
        assertThat(november.contains(Instant.parse("2026-10-31T23:59:59.999999Z")))
                .isFalse();
        assertThat(november.contains(Instant.parse("2026-12-01T00:00:00Z"))).isFalse();
    }

    @Test
    void a_word_means_its_month() {
        assertThat(Period.of("2026-10", NOW)).hasToString("2026-10");
        assertThat(Period.of(" ", NOW)).hasToString("2026-11");
    }

    @Test
    void no_word_means_the_current_month() {
        assertThat(Period.of(null, NOW)).hasToString("2026-11");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "2026",
                "2026-13",
                "2026-1",
                "11-2026",
                "2026-11-20",
                "+12026-11",
                "1999-12",
                "november",
                "2026-12"
            })
    void what_is_no_month_that_has_begun_is_a_problem_with_the_field(@Nullable String text) {
        assertThatThrownBy(() -> Period.required(text, NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly("period"));
    }
}
