package io.autostack.tenancy.upkeep;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.RepairTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Writes into history that a tenant is repaired. Its findings are resolved by the next run, which sees for
/// itself; what only signing in tells was seen by the repair.
@ApplicationScoped
class RepairCompletion implements CompletionHandler {

    private final Inspections inspections;
    private final Audit audit;

    @Inject
    RepairCompletion(Inspections inspections, Audit audit) {
        this.inspections = inspections;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(RepairTenant.KIND);
    }

    @Override
    public void completed(Operation operation) {
        if (operation.state() == State.DONE && RepairTenant.signsIn(operation.facts()))
            inspections.resolveToldBySignIn(operation.tenant());
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                operation.state() == State.DONE ? "tenant.repaired" : "tenant.repair-failed",
                "tenant",
                operation.tenant().toString(),
                Map.of(
                        "slug", operation.facts().get("slug"),
                        "parts", operation.facts().get("parts"),
                        "operation", operation.id().toString()));
    }
}
