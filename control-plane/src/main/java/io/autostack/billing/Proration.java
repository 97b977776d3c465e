package io.autostack.billing;

import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What the rest of a month is worth at two prices. The share that is left is a fraction of whole microseconds, so that
/// nothing is rounded before the amounts are.
///
/// @param left from the moment to the end of the month, in microseconds; at least 1
/// @param whole the month, in microseconds
/// @param credit for the price that is left behind
/// @param charge for the price from then on
public record Proration(Period period, Instant moment, long left, long whole, Money credit, Money charge) {

    /// How every amount is rounded, once, to the smallest unit of its currency.
    public static final String ROUNDING = "half-up";

    /// What the amounts are, and who says so.
    public static final String FORMULA =
            "monthly price × microseconds left ÷ microseconds of the month, in UTC (decision 0029)";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Proration {
        if (left < 1 || left > whole)
            throw new IllegalArgumentException(left + " of " + whole + " microseconds cannot be left");
    }

    /// @param before price of a month until the moment
    /// @param after price of a month from the moment on
    static Proration at(Instant moment, Money before, Money after) {
        var at = moment.truncatedTo(ChronoUnit.MICROS);
        var period = Period.at(at);
        long left = ChronoUnit.MICROS.between(at, period.end());
        long whole = ChronoUnit.MICROS.between(period.start(), period.end());
        return new Proration(period, at, left, whole, share(before, left, whole), share(after, left, whole));
    }

    /// For people: hundredths of a per cent.
    public BigDecimal percentLeft() {
        return HUNDRED.multiply(BigDecimal.valueOf(left)).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    private static Money share(Money price, long left, long whole) {
        var currency = price.currency();
        return new Money(
                price.amount()
                        .multiply(BigDecimal.valueOf(left))
                        .divide(BigDecimal.valueOf(whole), currency.getDefaultFractionDigits(), RoundingMode.HALF_UP),
                currency);
    }
}
