package io.autostack.ui.operations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An operation in a list; `subject` is the tenant or app it works on.
public record OperationRow(
        String id,
        String title,
        String subject,
        State state,
        boolean simulated,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    public @Nullable Duration took() {
        return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
    }
}
