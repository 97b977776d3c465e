package io.autostack.tenancy.closing;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.TenantRequest;
import io.autostack.tenancy.OperationAudit;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Notes that a tenant is closed, and starts its clock; that it is back, and stops it.
@ApplicationScoped
class ClosingCompletion implements CompletionHandler<TenantRequest> {

    private final Tenants tenants;
    private final Closings closings;
    private final OperationAudit audit;
    private final TenancyConfig config;

    @Inject
    ClosingCompletion(Tenants tenants, Closings closings, OperationAudit audit, TenancyConfig config) {
        this.tenants = tenants;
        this.closings = closings;
        this.audit = audit;
        this.config = config;
    }

    @Override
    public Set<Class<? extends TenantRequest>> requests() {
        return Set.of(CloseTenant.Request.class, ReopenTenant.Request.class);
    }

    /// One that failed stays closing, or closed, until somebody retries or releases it.
    @Override
    public void completed(Operation operation, TenantRequest request) {
        if (operation.state() != State.DONE) return;
        switch (request) {
            case CloseTenant.Request closing -> closed(operation, closing);
            case ReopenTenant.Request reopening -> reopened(operation, reopening);
            default -> throw new IllegalStateException("neither a closing nor a reopening: " + operation.kind());
        }
    }

    /// A closing that was taken back leaves the tenant as it was before; a reopening, as closed as it was.
    @Override
    public void rolledBack(Operation rollback, TenantRequest request) {
        if (rollback.state() == State.DONE
                && request instanceof CloseTenant.Request closing
                && tenants.change(rollback.tenant(), TenantStatus.CLOSING, before(closing)))
            audit.record(rollback, request, "tenant.closing-released");
    }

    private void closed(Operation operation, CloseTenant.Request request) {
        if (!tenants.change(operation.tenant(), TenantStatus.CLOSING, TenantStatus.CLOSED)) return;
        var now = closings.now();
        var closing = closings.open(new Closing(
                request.closing(),
                operation.tenant(),
                operation.id(),
                request.subject().requestedBy(),
                now,
                now.plus(config.retention()),
                request.suspended()));
        audit.record(
                operation,
                request,
                "tenant.closed",
                Map.of("retainedUntil", closing.retainedUntil().toString()));
    }

    private void reopened(Operation operation, ReopenTenant.Request request) {
        var status = before(request.closed());
        if (!tenants.change(operation.tenant(), TenantStatus.CLOSED, status)) return;
        closings.reopened(operation.tenant(), closings.now());
        audit.record(operation, request, "tenant.reopened", Map.of("status", status.word()));
    }

    private static TenantStatus before(CloseTenant.Request closing) {
        return closing.suspended() ? TenantStatus.SUSPENDED : TenantStatus.ACTIVE;
    }
}
