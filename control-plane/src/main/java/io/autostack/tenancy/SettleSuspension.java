package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Settlement;
import io.autostack.provisioning.plans.SuspendTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/// Notes that a tenant is suspended. One that could not be suspended stays as it was, and the operation says why.
@ApplicationScoped
class SettleSuspension implements Settlement {

    private final Tenants tenants;
    private final Audit audit;

    @Inject
    SettleSuspension(Tenants tenants, Audit audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public String kind() {
        return SuspendTenant.KIND;
    }

    @Override
    public void settle(Operation operation) {
        if (operation.state() == State.DONE
                && tenants.change(operation.tenant(), TenantStatus.ACTIVE, TenantStatus.SUSPENDED))
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    "tenant.suspended",
                    "tenant",
                    operation.tenant().toString(),
                    Map.of("operation", operation.id().toString()));
    }

    @Override
    public void resumed(Operation operation) {}

    @Override
    public void released(Operation release) {}
}
