package io.autostack.tenancy;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.provisioning.plans.TenantRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/// Notes that a tenant is suspended, or active again. One that could not be changed stays as it was, and the operation
/// says why.
@ApplicationScoped
class SuspensionCompletion implements CompletionHandler<TenantRequest> {

    private final Tenants tenants;
    private final OperationAudit audit;

    @Inject
    SuspensionCompletion(Tenants tenants, OperationAudit audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends TenantRequest>> requests() {
        return Set.of(SuspendTenant.Request.class, ResumeTenant.Request.class);
    }

    @Override
    public void completed(Operation operation, TenantRequest request) {
        if (operation.state() != State.DONE) return;
        var suspends = request instanceof SuspendTenant.Request;
        var changed = suspends
                ? tenants.change(operation.tenant(), TenantStatus.ACTIVE, TenantStatus.SUSPENDED)
                : tenants.change(operation.tenant(), TenantStatus.SUSPENDED, TenantStatus.ACTIVE);
        if (changed) audit.record(operation, request, suspends ? "tenant.suspended" : "tenant.resumed");
    }
}
