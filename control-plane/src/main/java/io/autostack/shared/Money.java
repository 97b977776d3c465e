package io.autostack.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// An amount in one currency. Unit prices keep every digit; `rounded()` gives what a row of an invoice shows.
///
/// @param amount exact, never a binary floating point number
/// @param currency ISO 4217
public record Money(BigDecimal amount, Currency currency) {

    public static final Currency USD = Currency.getInstance("USD");

    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }

    public static Money usd(BigDecimal amount) {
        return new Money(amount, USD);
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        return new Money(amount.add(other.amount), currency);
    }

    public Money times(BigDecimal quantity) {
        return new Money(amount.multiply(quantity), currency);
    }

    /// Half up to the currency's smallest unit (specification §5: per row; totals add rounded rows).
    public Money rounded() {
        return new Money(amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }
}
