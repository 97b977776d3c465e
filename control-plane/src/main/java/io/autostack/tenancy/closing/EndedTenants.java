package io.autostack.tenancy.closing;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Rollback;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.tenancy.Suspensions;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/// Says which failed operations of a tenant that is suspended or closed, or about to be, may still go on: nothing is
/// built or opened again behind the back of a suspension or a closing.
@ApplicationScoped
public class EndedTenants {

    private final Tenants tenants;
    private final Suspensions suspensions;
    private final Closings closings;
    private final Operations operations;

    @Inject
    EndedTenants(Tenants tenants, Suspensions suspensions, Closings closings, Operations operations) {
        this.tenants = tenants;
        this.suspensions = suspensions;
        this.closings = closings;
        this.operations = operations;
    }

    /// Whether a failed operation may go on at, or behind, the step that failed. Who acts on the answer holds the
    /// tenant's lock.
    public boolean mayGoOn(Operation failed) {
        return tenants.find(failed.tenant())
                .map(tenant -> mayGoOn(failed, tenant.status())
                        && (operations.fitsSuspension(failed) || !suspensions.holds(tenant)))
                .orElse(true);
    }

    /// Whether what a failed operation built may be undone. Deleting cannot be.
    public boolean mayBeReleased(Operation failed) {
        return !failed.kind().equals(DeleteTenant.KIND)
                && tenants.find(failed.tenant())
                        .map(tenant -> mayGoOn(failed, tenant.status()))
                        .orElse(true);
    }

    private boolean mayGoOn(Operation failed, TenantStatus status) {
        var kind = about(failed);
        return switch (status) {
            case CLOSING -> kind.equals(CloseTenant.KIND);
            case CLOSED -> kind.equals(DeleteTenant.KIND) || (kind.equals(ReopenTenant.KIND) && isRetained(failed));
            case PROVISIONING, ACTIVE, SUSPENDED, FAILED -> !kind.equals(ReopenTenant.KIND);
        };
    }

    /// The kind that it is about: a release is about what it undoes.
    private static String about(Operation operation) {
        return operation.find(Rollback.class).map(Rollback::kind).orElse(operation.kind());
    }

    private static Optional<UUID> closing(Operation reopening) {
        return reopening
                .find(ReopenTenant.Request.class)
                .map(request -> request.closed().closing());
    }

    /// Its closing is the last one, has not ended, and nothing else is about to end it.
    private boolean isRetained(Operation reopening) {
        return operations.underWay(reopening.tenant()).isEmpty()
                && closings.latest(reopening.tenant())
                        .filter(closing -> closing.deletedAt() == null
                                && closing(reopening)
                                        .filter(closing.id()::equals)
                                        .isPresent()
                                && Deletions.of(operations, closing).isEmpty())
                        .isPresent();
    }
}
