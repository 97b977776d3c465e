package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.tenancy.OperationAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Writes into history that a tenant is repaired. Its findings are resolved by the next run, which sees for
/// itself; what only signing in tells was seen by the repair.
@ApplicationScoped
class RepairCompletion implements CompletionHandler<RepairTenant.Request> {

    private final Inspections inspections;
    private final OperationAudit audit;

    @Inject
    RepairCompletion(Inspections inspections, OperationAudit audit) {
        this.inspections = inspections;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends RepairTenant.Request>> requests() {
        return Set.of(RepairTenant.Request.class);
    }

    @Override
    public void completed(Operation operation, RepairTenant.Request request) {
        if (operation.state() == State.DONE && request.signsIn()) inspections.resolveToldBySignIn(operation.tenant());
        audit.record(
                operation,
                request,
                operation.state() == State.DONE ? "tenant.repaired" : "tenant.repair-failed",
                Map.of("parts", RepairTenant.words(request.parts())));
    }
}
