package io.autostack.tenancy;

import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.ChangePlan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/// The plan that a tenant is on its way to: what is added meanwhile has to fit there as well.
@ApplicationScoped
public class NextPlan {

    private final Operations operations;
    private final Plans plans;

    @Inject
    NextPlan(Operations operations, Plans plans) {
        this.operations = operations;
        this.plans = plans;
    }

    /// Empty when no change of plan is under way. Who acts on the answer holds the tenant's lock.
    public Optional<PlanVersion> find(UUID tenant) {
        return operations.ofKind(tenant, ChangePlan.KIND).stream()
                .filter(change -> !change.finished())
                .flatMap(change -> change.find(ChangePlan.Request.class).stream())
                .map(ChangePlan.Request::to)
                .map(to -> plans.get(to.plan(), to.version()))
                .findFirst();
    }
}
