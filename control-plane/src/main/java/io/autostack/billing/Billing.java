package io.autostack.billing;

import io.autostack.metering.Period;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;

/// Answers what a month comes to, as far as the current database scope sees.
@ApplicationScoped
public class Billing {

    private final Charges charges;

    @Inject
    Billing(Charges charges) {
        this.charges = charges;
    }

    public BillingMonth of(Period period) {
        var fees = new ArrayList<Charge.PlanFee>();
        charges.forEach(period, charge -> {
            if (charge instanceof Charge.PlanFee fee) fees.add(fee);
        });
        return BillingMonth.of(period, fees);
    }
}
