package io.autostack.tenancy;

import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.SuspendTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Says whether a tenant is suspended, or about to be: what builds for it or opens a database waits until it is
/// resumed.
@ApplicationScoped
public class Suspensions {

    private final Operations operations;

    @Inject
    Suspensions(Operations operations) {
        this.operations = operations;
    }

    /// Who acts on the answer holds the tenant's lock.
    public boolean holds(TenantRow tenant) {
        return tenant.status() == TenantStatus.SUSPENDED
                || operations.allUnderWay(tenant.id()).stream()
                        .anyMatch(operation -> operation.kind().equals(SuspendTenant.KIND));
    }
}
