package io.autostack.ui.parts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of money as it is shown.
public record Amount(BigDecimal value, String currency) {

    public static Amount usd(String value) {
        return new Amount(new BigDecimal(value), "USD");
    }

    /// With at least the cents; unit prices keep the finer digits they were given.
    public String text() {
        var scaled = value.scale() < 2 ? value.setScale(2, RoundingMode.UNNECESSARY) : value;
        var digits = Numbers.grouped(scaled.abs());
        return (value.signum() < 0 ? "−" : "") + (currency.equals("USD") ? "$" + digits : digits + " " + currency);
    }
}
