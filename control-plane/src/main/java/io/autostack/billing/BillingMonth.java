package io.autostack.billing;

import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;

/// What a month comes to.
///
/// @param fees by tenant, in the order they signed up
/// @param totals one for each currency
public record BillingMonth(Period period, List<Charge.PlanFee> fees, List<Money> totals) {

    public BillingMonth {
        fees = List.copyOf(fees);
        totals = List.copyOf(totals);
    }

    static BillingMonth of(Period period, List<Charge.PlanFee> fees) {
        var totals = fees.stream()
                .map(Charge.PlanFee::price)
                .collect(Collectors.toMap(Money::currency, price -> price, Money::plus))
                .values()
                .stream()
                .sorted(Comparator.comparing(total -> code(total.currency())))
                .toList();
        return new BillingMonth(period, fees, totals);
    }

    private static String code(Currency currency) {
        return currency.getCurrencyCode();
    }
}
