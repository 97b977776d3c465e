package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Settlement;
import io.autostack.provisioning.plans.ResumeTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/// Notes that a tenant is active again. One that could not be resumed stays as it was, and the operation says why.
@ApplicationScoped
class SettleResumption implements Settlement {

    private final Tenants tenants;
    private final Audit audit;

    @Inject
    SettleResumption(Tenants tenants, Audit audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public String kind() {
        return ResumeTenant.KIND;
    }

    @Override
    public void settle(Operation operation) {
        if (operation.state() == State.DONE
                && tenants.change(operation.tenant(), TenantStatus.SUSPENDED, TenantStatus.ACTIVE))
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    "tenant.resumed",
                    "tenant",
                    operation.tenant().toString(),
                    Map.of("operation", operation.id().toString()));
    }

    @Override
    public void resumed(Operation operation) {}

    @Override
    public void released(Operation release) {}
}
