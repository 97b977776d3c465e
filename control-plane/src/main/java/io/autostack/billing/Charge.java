package io.autostack.billing;

import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.util.UUID;

/// Something a tenant is charged for in a month.
public sealed interface Charge {

    Account account();

    Period period();

    /// What the tenant pays for it.
    Money cost();

    /// Who pays, and the plan version that the price and what is included come from.
    record Account(UUID tenant, String slug, String name, String plan, int planVersion, String planName) {}

    /// The plan itself: its whole price for the month, also when the tenant joined during it.
    record PlanFee(Account account, Period period, Money price) implements Charge {
        @Override
        public Money cost() {
            return price;
        }
    }

    /// Usage that the plan includes: measured, and costs nothing more.
    record IncludedUsage(
            Account account, Period period, String meter, String title, String unit, BigDecimal quantity, Money cost)
            implements Charge {}
}
