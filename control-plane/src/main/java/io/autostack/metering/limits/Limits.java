package io.autostack.metering.limits;

import io.autostack.metering.Meters;
import io.autostack.metering.Usage;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Asks whether a tenant's plan allows that much more.
@ApplicationScoped
public class Limits {

    private final Meters meters;
    private final Usage usage;
    private final Plans plans;

    @Inject
    Limits(Meters meters, Usage usage, Plans plans) {
        this.meters = meters;
        this.usage = usage;
        this.plans = plans;
    }

    /// Reserves nothing. Whoever adds something calls `Tenants.lock` first, then this, then adds, in one transaction:
    /// then two requests cannot both take the last free place.
    ///
    /// @throws IllegalArgumentException no such meter
    public LimitDecision check(TenantRow tenant, String meter, BigDecimal quantity) {
        var measured = meters.find(meter).orElseThrow(() -> new IllegalArgumentException("no meter " + meter));
        return LimitDecision.decide(measured, tenant.plan(), usage.now(tenant, measured), quantity, plans.offered());
    }

    /// What a tenant uses beyond another plan's limits: what it has to give up before it can move there.
    public List<LimitDecision.Refused> tooMuchFor(TenantRow tenant, PlanVersion target) {
        return meters.byName().values().stream()
                .map(meter -> LimitDecision.fit(meter, target, usage.now(tenant, meter)))
                .flatMap(Optional::stream)
                .toList();
    }
}
