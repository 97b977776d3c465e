package io.autostack.tenancy;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Lets an onboarding that failed go on where it stopped.
@ApplicationScoped
public class RetryOnboarding {

    private final Operations operations;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    RetryOnboarding(Operations operations, Audit audit, Scopes scopes) {
        this.operations = operations;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// @return the operation that goes on; empty when the tenant has no failed onboarding
    public Optional<UUID> retry(Caller caller, TenantRow tenant) {
        return scopes.in(new Scope.OfTenant(tenant.id()), () -> {
            var failed = operations.latest(tenant.id(), 1000).stream()
                    .filter(operation -> operation.kind().equals(OpenTenant.KIND))
                    .filter(operation -> operation.state() == Operation.State.FAILED)
                    .findFirst();
            if (failed.isEmpty() || !operations.retry(failed.get().id())) return Optional.empty();
            audit.record(
                    caller.actor(),
                    tenant.id(),
                    "tenant.onboarding-retried",
                    "tenant",
                    tenant.id().toString(),
                    Map.of("operation", failed.get().id().toString()));
            return Optional.of(failed.get().id());
        });
    }
}
