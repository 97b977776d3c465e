package io.autostack.costs;

import java.math.BigDecimal;

/// A quantity between a quiet and a busy month; both ends are the same when it is known.
public record LowHigh(BigDecimal low, BigDecimal high) {

    public static final LowHigh ZERO = new LowHigh(BigDecimal.ZERO, BigDecimal.ZERO);

    public LowHigh {
        if (low.signum() < 0 || high.compareTo(low) < 0)
            throw new IllegalArgumentException("not a range from low to high: " + low + " to " + high);
    }

    public static LowHigh of(BigDecimal known) {
        return new LowHigh(known, known);
    }

    public static LowHigh of(long known) {
        return of(BigDecimal.valueOf(known));
    }

    public static LowHigh of(long low, long high) {
        return new LowHigh(BigDecimal.valueOf(low), BigDecimal.valueOf(high));
    }

    public static LowHigh of(String known) {
        return of(new BigDecimal(known));
    }

    LowHigh plus(LowHigh more) {
        return new LowHigh(low.add(more.low), high.add(more.high));
    }

    LowHigh times(BigDecimal factor) {
        return new LowHigh(low.multiply(factor), high.multiply(factor));
    }

    boolean isZero() {
        return high.signum() == 0;
    }

    /// For people: `2–10`, or `2` when both ends are the same.
    @Override
    public String toString() {
        return low.compareTo(high) == 0 ? plain(low) : plain(low) + "–" + plain(high);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
