package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Notes that a tenant is suspended, or active again. One that could not be changed stays as it was, and the operation
/// says why.
@ApplicationScoped
class SuspensionCompletion implements CompletionHandler {

    private final Tenants tenants;
    private final Audit audit;

    @Inject
    SuspensionCompletion(Tenants tenants, Audit audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(SuspendTenant.KIND, ResumeTenant.KIND);
    }

    @Override
    public void completed(Operation operation) {
        if (operation.state() != State.DONE) return;
        var suspends = operation.kind().equals(SuspendTenant.KIND);
        var changed = suspends
                ? tenants.change(operation.tenant(), TenantStatus.ACTIVE, TenantStatus.SUSPENDED)
                : tenants.change(operation.tenant(), TenantStatus.SUSPENDED, TenantStatus.ACTIVE);
        if (changed)
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    suspends ? "tenant.suspended" : "tenant.resumed",
                    "tenant",
                    operation.tenant().toString(),
                    Map.of(
                            "slug",
                            operation.facts().get("slug"),
                            "operation",
                            operation.id().toString()));
    }
}
