package io.autostack.metering.limits;

import io.autostack.metering.Meters;
import io.autostack.metering.Usage;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.tenancy.NextPlan;
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
    private final NextPlan next;

    @Inject
    Limits(Meters meters, Usage usage, Plans plans, NextPlan next) {
        this.meters = meters;
        this.usage = usage;
        this.plans = plans;
        this.next = next;
    }

    /// Reserves nothing. Whoever adds something calls `Tenants.lock` first, then this with the row that it answers,
    /// then adds, in one transaction: then two requests cannot both take the last free place. A tenant that is on
    /// its way to another plan has to fit there as well, so that nothing stands in the way of its arrival.
    ///
    /// @throws IllegalArgumentException no such meter
    public LimitDecision check(TenantRow tenant, String meter, BigDecimal quantity) {
        var measured = meters.find(meter).orElseThrow(() -> new IllegalArgumentException("no meter " + meter));
        var used = usage.now(tenant, measured);
        var offered = plans.offered();
        var decision = LimitDecision.decide(measured, tenant.plan(), used, quantity, offered);
        if (decision instanceof LimitDecision.Refused) return decision;
        return next.find(tenant.id())
                .map(plan -> LimitDecision.decide(measured, plan, used, quantity, offered)
                        .onTheWayTo(plan, decision))
                .orElse(decision);
    }

    /// What a tenant uses beyond another plan's limits: what it has to give up before it can move there.
    public List<LimitDecision.Refused> tooMuchFor(TenantRow tenant, PlanVersion target) {
        return meters.byName().values().stream()
                .map(meter -> LimitDecision.fit(meter, target, usage.now(tenant, meter)))
                .flatMap(Optional::stream)
                .toList();
    }
}
