package io.autostack.metering;

import java.math.BigDecimal;
import java.util.Optional;

/// The amounts that can be counted: not negative, no larger and no finer than the ledger's column.
public final class Quantity {

    /// What a quantity must be, to follow the name of the field.
    public static final String RULE =
            "must not be negative, with 14 digits before and 6 after the decimal point at the most";

    private static final int INTEGER_DIGITS = 14;
    private static final int DECIMALS = 6;

    private Quantity() {}

    /// Without zeros that say nothing, and never written with an exponent.
    public static BigDecimal stripped(BigDecimal quantity) {
        if (quantity.signum() == 0) return BigDecimal.ZERO;
        var digits = quantity.stripTrailingZeros();
        return digits.scale() < 0 ? digits.setScale(0) : digits;
    }

    /// A quantity that somebody sent; empty when it cannot be counted.
    public static Optional<BigDecimal> read(BigDecimal sent) {
        if (sent.signum() == 0) return Optional.of(BigDecimal.ZERO);
        var digits = sent.stripTrailingZeros();
        long beforePoint = (long) digits.precision() - digits.scale();
        if (sent.signum() < 0 || digits.scale() > DECIMALS || beforePoint > INTEGER_DIGITS) return Optional.empty();
        return Optional.of(stripped(digits));
    }
}
