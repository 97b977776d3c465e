package io.autostack.ui.operations;

import io.autostack.ui.parts.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of an operation. `message` says what happened or is awaited, `hint` what the viewer can do about it.
public record Step(
        String title,
        State state,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Fact> evidence,
        @Nullable String message,
        @Nullable String hint,
        boolean simulated) {

    public Step {
        evidence = List.copyOf(evidence);
    }

    public static Step waiting(String title) {
        return new Step(title, State.WAITING, 0, null, null, List.of(), null, null, false);
    }

    public @Nullable Duration took() {
        return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
    }

    public boolean ticking() {
        return state == State.RUNNING && startedAt != null;
    }
}
