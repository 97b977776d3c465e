package io.autostack.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a step that does not answer is asked again, and when it is given up. Pure.
final class Retries {

    /// Failures in a row after which a person has to look.
    static final int MAX_FAILURES = 8;

    private static final Duration MIN_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private Retries() {}

    /// Triples with each failure from half a second up to a minute, then half of it is left to chance ("equal
    /// jitter"), so that a thousand operations that met one outage do not come back as one. All pauses together are
    /// a minute and a half at least: a database that is restarted or fails over fails no operation.
    ///
    /// @param failures in a row, this one included; at least 1
    /// @return empty when it is given up
    static Optional<Duration> pause(int failures, RandomGenerator random) {
        if (failures >= MAX_FAILURES) return Optional.empty();
        var longest = MIN_PAUSE.toMillis();
        for (int past = 1; past < failures; past++) longest = Math.min(longest * 3, MAX_PAUSE.toMillis());
        return Optional.of(Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1)));
    }

    /// When to ask again for something that only another replica can answer: at no fixed pace, so that the same
    /// replica is not always the first to look.
    static Duration elsewhere(RandomGenerator random) {
        return MIN_PAUSE.plusMillis(random.nextLong(4 * MIN_PAUSE.toMillis()));
    }

    /// Whether a step has had all the time it may take.
    static boolean isOverdue(@Nullable Instant startedAt, Duration deadline, Instant now) {
        return startedAt != null && startedAt.plus(deadline).isBefore(now);
    }
}
