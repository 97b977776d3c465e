package io.autostack.tenancy;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.OpenTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Set;

/// Turns a finished onboarding into an active tenant, or a failed one.
@ApplicationScoped
class TenantCompletion implements CompletionHandler<OpenTenant.Request> {

    private final Tenants tenants;
    private final Event<TenantActivated> activated;
    private final OperationAudit audit;
    private final TenancyConfig config;
    private final InstantSource clock;

    @Inject
    TenantCompletion(
            Tenants tenants,
            Event<TenantActivated> activated,
            OperationAudit audit,
            TenancyConfig config,
            InstantSource clock) {
        this.tenants = tenants;
        this.activated = activated;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<Class<? extends OpenTenant.Request>> requests() {
        return Set.of(OpenTenant.Request.class);
    }

    @Override
    public void completed(Operation operation, OpenTenant.Request request) {
        var learned = operation.learned();
        var completed = operation.state() == State.DONE
                ? tenants.activate(
                        operation.tenant(),
                        config.url(request.slug()),
                        TenantRow.DatabaseFacts.of(request.database(), learned))
                : tenants.change(operation.tenant(), TenantStatus.PROVISIONING, TenantStatus.FAILED);
        if (!completed) return;
        if (operation.state() == State.DONE)
            activated.fire(new TenantActivated(operation.tenant(), OpenTenant.schema(learned)));
        audit.record(
                operation, request, operation.state() == State.DONE ? "tenant.activated" : "tenant.onboarding-failed");
    }

    @Override
    public void retried(Operation operation, OpenTenant.Request request) {
        tenants.change(operation.tenant(), TenantStatus.FAILED, TenantStatus.PROVISIONING);
    }

    /// Nothing of it is left, and its short name is free again.
    @Override
    public void rolledBack(Operation rollback, OpenTenant.Request request) {
        if (rollback.state() == State.DONE
                && tenants.change(rollback.tenant(), TenantStatus.FAILED, TenantStatus.CLOSED)
                && tenants.forget(rollback.tenant(), clock.instant()))
            audit.record(rollback, request, "tenant.released");
    }
}
