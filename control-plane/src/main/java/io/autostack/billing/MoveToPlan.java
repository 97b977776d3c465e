package io.autostack.billing;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Moves a tenant to another plan, if what it uses fits there.
@ApplicationScoped
public class MoveToPlan {

    private static final Set<String> RIVALS = Set.of(ChangePlan.KIND, RestoreTenant.KIND, SuspendTenant.KIND);

    private final Plans plans;
    private final Tenants tenants;
    private final Limits limits;
    private final Operations operations;
    private final Audit audit;

    @Inject
    MoveToPlan(Plans plans, Tenants tenants, Limits limits, Operations operations, Audit audit) {
        this.plans = plans;
        this.tenants = tenants;
        this.limits = limits;
        this.operations = operations;
        this.audit = audit;
    }

    /// What can come of it.
    public sealed interface Result {

        record Accepted(UUID operation) implements Result {}

        record NoSuchPlan() implements Result {}

        record AlreadyThere() implements Result {}

        record NotNow(TenantStatus status) implements Result {}

        record UnderWay(UUID operation) implements Result {}

        /// What has to be reduced first, one for each meter that goes beyond the target.
        record TooMuchInUse(List<LimitDecision.Refused> tooMuch) implements Result {}
    }

    @Transactional
    public Result move(Caller caller, TenantRow asked, String plan) {
        var tenant = tenants.lock(asked.id());
        var target = plans.findOffered(plan);
        if (target.isEmpty()) return new Result.NoSuchPlan();
        if (tenant.status() != TenantStatus.ACTIVE) return new Result.NotNow(tenant.status());
        var to = target.get();
        var from = tenant.plan();
        if (from.plan().equals(to.plan()) && from.version() == to.version()) return new Result.AlreadyThere();
        var underWay = operations.allUnderWay(tenant.id()).stream()
                .filter(operation -> RIVALS.contains(operation.kind()))
                .findFirst();
        if (underWay.isPresent()) return new Result.UnderWay(underWay.get().id());
        var tooMuch = limits.tooMuchFor(tenant, to);
        if (!tooMuch.isEmpty()) return new Result.TooMuchInUse(tooMuch);
        var operation = operations.enqueue(
                new ChangePlan.Request(tenant.subject(caller.name()), UuidV7.next(), target(from), target(to)));
        audit.record(
                caller.actor(),
                tenant.id(),
                "tenant.plan-change-requested",
                "tenant",
                tenant.id().toString(),
                Map.of(
                        "slug", tenant.slug(),
                        "from", from.plan(),
                        "to", to.plan(),
                        "operation", operation.toString()));
        return new Result.Accepted(operation);
    }

    private static ChangePlan.Target target(PlanVersion plan) {
        return new ChangePlan.Target(plan.plan(), plan.version(), TenantRow.sizing(plan));
    }
}
