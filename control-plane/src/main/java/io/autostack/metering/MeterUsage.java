package io.autostack.metering;

import io.autostack.plans.PlanLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a tenant used on one meter in a month, against what its plan lets it use.
///
/// @param included what the plan's price covers; null: all of it
/// @param limit how far the plan goes; null: no limit
/// @param remaining what is left below the limit; null: no limit
/// @param projected what the month comes to if it goes on like this; null for gauges and before anything can be said
public record MeterUsage(
        String meter,
        String title,
        String unit,
        BigDecimal used,
        @Nullable BigDecimal included,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal remaining,
        @Nullable BigDecimal projected) {

    static MeterUsage of(Meter meter, PlanLimit planned, BigDecimal used, Period period, Instant now) {
        var limit = planned instanceof PlanLimit.Hard(var max) ? Quantity.stripped(max) : null;
        return new MeterUsage(
                meter.name(),
                meter.title(),
                meter.unit(),
                used,
                limit,
                limit,
                limit == null ? null : limit.subtract(used).max(BigDecimal.ZERO),
                meter.isSum() ? projected(used, period, now) : null);
    }

    /// Linear by the share of the month that has passed; a month that is over is what it is.
    static @Nullable BigDecimal projected(BigDecimal used, Period period, Instant now) {
        if (!now.isBefore(period.end())) return used;
        var passed = Duration.between(period.start(), now).toSeconds();
        if (passed <= 0) return null;
        var whole = Duration.between(period.start(), period.end()).toSeconds();
        return Quantity.stripped(
                used.multiply(BigDecimal.valueOf(whole)).divide(BigDecimal.valueOf(passed), 6, RoundingMode.HALF_UP));
    }
}
