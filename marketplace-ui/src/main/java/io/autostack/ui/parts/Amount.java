package io.autostack.ui.parts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of money as it is shown.
public record Amount(BigDecimal value, String currency) {

    public static Amount usd(String value) {
        return new Amount(new BigDecimal(value), "USD");
    }

    /// With the cents at least; unit prices keep the finer digits they need.
    public String text() {
        var shortest = value.stripTrailingZeros();
        var scaled = shortest.scale() < 2 ? shortest.setScale(2, RoundingMode.UNNECESSARY) : shortest;
        var digits = Numbers.grouped(scaled.abs());
        return (value.signum() < 0 ? "−" : "") + (currency.equals("USD") ? "$" + digits : digits + " " + currency);
    }
}
