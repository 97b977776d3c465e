package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.tenancy.ChangeRequest.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Enqueues the suspension of an active tenant, or the resumption of a suspended one.
@ApplicationScoped
public class SuspendOrResume {

    private static final Set<String> RIVALS = Set.of(SuspendTenant.KIND, ResumeTenant.KIND);
    private static final Change SUSPEND = new Change(
            Set.of(TenantStatus.ACTIVE), RIVALS, "tenant.suspension-requested", Map.of(), SuspendTenant.Request::new);
    private static final Change RESUME = new Change(
            Set.of(TenantStatus.SUSPENDED), RIVALS, "tenant.resumption-requested", Map.of(), ResumeTenant.Request::new);

    private final ChangeRequest request;

    @Inject
    SuspendOrResume(ChangeRequest request) {
        this.request = request;
    }

    public ChangeRequest.Result suspend(Caller caller, TenantRow tenant) {
        return request.ask(caller, tenant, SUSPEND);
    }

    public ChangeRequest.Result resume(Caller caller, TenantRow tenant) {
        return request.ask(caller, tenant, RESUME);
    }
}
