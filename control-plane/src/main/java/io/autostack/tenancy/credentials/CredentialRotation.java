package io.autostack.tenancy.credentials;

import io.autostack.identity.Caller;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.ChangeRequest.Change;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Enqueues new credentials for an active tenant's database. A suspended tenant has to be resumed first: the new
/// credentials could not be tried out.
@ApplicationScoped
class CredentialRotation {

    static final String RULE = "Only an active tenant's credentials can be rotated";

    private static final Change ROTATE = new Change(
            Set.of(TenantStatus.ACTIVE),
            Set.of(RotateCredentials.KIND, SuspendTenant.KIND, ResumeTenant.KIND),
            "tenant.credential-rotation-requested",
            Map.of(),
            RotateCredentials.Request::new);

    private final ChangeRequest request;

    @Inject
    CredentialRotation(ChangeRequest request) {
        this.request = request;
    }

    ChangeRequest.Result ask(Caller caller, TenantRow tenant) {
        return request.ask(caller, tenant, ROTATE);
    }
}
