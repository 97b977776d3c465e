package io.autostack.operations;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An operation as far as a list shows it.
record ListedOperation(
        UUID id,
        UUID tenant,
        String kind,
        String title,
        String state,
        boolean simulated,
        @Nullable String message,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /// Before all that took any time.
    private static final BigDecimal NOT_ENDED = BigDecimal.ONE.negate();

    /// Seconds from its start to its end, as the database reckons them.
    BigDecimal took() {
        if (startedAt == null || finishedAt == null) return NOT_ENDED;
        return BigDecimal.valueOf(Duration.between(startedAt, finishedAt).toNanos(), 9)
                .setScale(6, RoundingMode.HALF_UP);
    }
}
