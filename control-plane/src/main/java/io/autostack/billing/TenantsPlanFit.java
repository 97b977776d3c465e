package io.autostack.billing;

import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.PlanFit;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Looks at what a tenant uses and at the plan it is on, under its lock, when the turn of its change of plan has come.
@ApplicationScoped
class TenantsPlanFit implements PlanFit {

    private final Tenants tenants;
    private final Plans plans;
    private final Limits limits;
    private final Scopes scopes;

    @Inject
    TenantsPlanFit(Tenants tenants, Plans plans, Limits limits, Scopes scopes) {
        this.tenants = tenants;
        this.plans = plans;
        this.limits = limits;
        this.scopes = scopes;
    }

    @Override
    public Optional<String> findObstacle(UUID tenant, Version from, Version to) {
        return scopes.inTenant(
                tenant, () -> tenants.find(tenant).flatMap(found -> findObstacle(tenants.lock(found.id()), from, to)));
    }

    @Override
    public Optional<Sizing> findSizing(UUID tenant) {
        return scopes.inTenant(tenant, () -> tenants.find(tenant).map(TenantRow::sizing));
    }

    private Optional<String> findObstacle(TenantRow tenant, Version from, Version to) {
        var present = tenant.plan();
        if (!is(present, from) && !is(present, to))
            return Optional.of(tenant.name() + " is on " + present.name() + " (version " + present.version()
                    + ") by now, so this change of plan is about the past. Release it, and ask for another one.");
        var tooMuch = limits.tooMuchFor(tenant, plans.get(to.plan(), to.number()));
        return tooMuch.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        tooMuch.stream().map(LimitDecision.Refused::reason).collect(Collectors.joining(" "))
                                + " Then retry; the plan is as it was.");
    }

    private static boolean is(PlanVersion present, Version version) {
        return present.plan().equals(version.plan()) && present.version() == version.number();
    }
}
