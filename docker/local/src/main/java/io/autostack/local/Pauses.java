package io.autostack.local;

import io.autostack.local.process.StartFailed;
import java.time.Duration;

/// How long one waits before a part that died is started again, and how often.
///
/// @param first after its first death; each further one doubles it
/// @param max the longest
/// @param healthyAfter who lived that long begins anew
/// @param tries after that many deaths in a row nobody tries any more
record Pauses(Duration first, Duration max, Duration healthyAfter, int tries) {

    /// For the servers: when these do not come back, somebody has to look.
    static final Pauses OF_SERVERS =
            new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1), 10);

    /// For programs of ours, which may stand on a database that is away for an hour.
    static final Pauses OF_PROGRAMS =
            new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1), Integer.MAX_VALUE);

    Duration before(int attempt) {
        var pause = first;
        for (int doubled = 1; doubled < attempt && pause.compareTo(max) < 0; doubled++) pause = pause.multipliedBy(2);
        return pause.compareTo(max) < 0 ? pause : max;
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted", e);
        }
    }
}
