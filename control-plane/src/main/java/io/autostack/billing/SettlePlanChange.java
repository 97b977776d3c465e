package io.autostack.billing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Settlement;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Puts the tenant on its new plan once the database has its size. The history keeps when, from and to: what proration
/// will be computed from.
@ApplicationScoped
class SettlePlanChange implements Settlement {

    private final Tenants tenants;
    private final Audit audit;

    @Inject
    SettlePlanChange(Tenants tenants, Audit audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(ChangePlan.KIND);
    }

    @Override
    public void settle(Operation operation) {
        if (operation.state() != State.DONE) return;
        var facts = operation.facts();
        if (tenants.move(
                operation.tenant(),
                facts.get("from.plan"),
                Integer.parseInt(facts.get("from.version")),
                facts.get("to.plan"),
                Integer.parseInt(facts.get("to.version"))))
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    "tenant.plan-changed",
                    "tenant",
                    operation.tenant().toString(),
                    Map.of(
                            "slug", facts.get("slug"),
                            "from", facts.get("from.plan"),
                            "to", facts.get("to.plan"),
                            "operation", operation.id().toString()));
    }

    @Override
    public void resumed(Operation operation) {}

    @Override
    public void released(Operation release) {}
}
