package io.autostack.ui.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// One meter in one period; without a `limit` the plan sets none, without `projected` it is too early to tell.
public record MeterUsage(
        String label,
        String unit,
        BigDecimal used,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal projected) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public @Nullable BigDecimal remaining() {
        return limit == null ? null : limit.subtract(used).max(BigDecimal.ZERO);
    }

    public boolean over() {
        return limit != null && used.compareTo(limit) > 0;
    }

    public boolean near() {
        return percent() >= 80 && !over();
    }

    /// How much of the limit is used, in whole percent; an allowance of zero is used up from the first unit on.
    public int percent() {
        if (limit == null) return 0;
        if (limit.signum() == 0) return used.signum() == 0 ? 0 : 100;
        var share = used.multiply(HUNDRED).divide(limit, 0, RoundingMode.FLOOR);
        return share.min(BigDecimal.valueOf(999)).intValue();
    }

    /// The bar is full at the limit; the words beside it say how far beyond it is.
    public int bar() {
        return Math.min(100, percent());
    }

    public String css() {
        return over() ? "over" : near() ? "near" : "within";
    }
}
