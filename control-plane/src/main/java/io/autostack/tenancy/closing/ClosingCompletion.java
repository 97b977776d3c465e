package io.autostack.tenancy.closing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Notes that a tenant is closed, and starts its clock; that it is back, and stops it.
@ApplicationScoped
class ClosingCompletion implements CompletionHandler {

    private final Tenants tenants;
    private final Closings closings;
    private final Audit audit;
    private final TenancyConfig config;

    @Inject
    ClosingCompletion(Tenants tenants, Closings closings, Audit audit, TenancyConfig config) {
        this.tenants = tenants;
        this.closings = closings;
        this.audit = audit;
        this.config = config;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(CloseTenant.KIND, ReopenTenant.KIND);
    }

    /// One that failed stays closing, or closed, until somebody retries or releases it.
    @Override
    public void completed(Operation operation) {
        if (operation.state() != State.DONE) return;
        if (operation.kind().equals(CloseTenant.KIND)) closed(operation);
        else reopened(operation);
    }

    /// A closing that was taken back leaves the tenant as it was before; a reopening, as closed as it was.
    @Override
    public void rolledBack(Operation rollback) {
        if (rollback.state() == State.DONE
                && rollback.facts().get("released.kind").equals(CloseTenant.KIND)
                && tenants.change(rollback.tenant(), TenantStatus.CLOSING, before(rollback)))
            record(rollback, "tenant.closing-released", Map.of());
    }

    private void closed(Operation operation) {
        if (!tenants.change(operation.tenant(), TenantStatus.CLOSING, TenantStatus.CLOSED)) return;
        var now = closings.now();
        var closing = closings.open(new Closing(
                UUID.fromString(operation.facts().get("closing")),
                operation.tenant(),
                operation.id(),
                operation.facts().get("requestedBy"),
                now,
                now.plus(config.retention()),
                before(operation) == TenantStatus.SUSPENDED));
        record(
                operation,
                "tenant.closed",
                Map.of("retainedUntil", closing.retainedUntil().toString()));
    }

    private void reopened(Operation operation) {
        if (!tenants.change(operation.tenant(), TenantStatus.CLOSED, before(operation))) return;
        closings.reopened(operation.tenant(), closings.now());
        record(operation, "tenant.reopened", Map.of("status", before(operation).word()));
    }

    private static TenantStatus before(Operation operation) {
        return operation.facts().get("suspended").equals("true") ? TenantStatus.SUSPENDED : TenantStatus.ACTIVE;
    }

    private void record(Operation operation, String action, Map<String, Object> more) {
        var details = new HashMap<>(more);
        details.put("slug", operation.facts().get("slug"));
        details.put("operation", operation.id().toString());
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "tenant",
                operation.tenant().toString(),
                details);
    }
}
