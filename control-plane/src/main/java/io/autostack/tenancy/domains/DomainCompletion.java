package io.autostack.tenancy.domains;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.provisioning.plans.TenantRequest;
import io.autostack.tenancy.OperationAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Marks a domain that was proven, and forgets one that leads nowhere any more.
@ApplicationScoped
class DomainCompletion implements CompletionHandler<TenantRequest> {

    private final Domains domains;
    private final OperationAudit audit;

    @Inject
    DomainCompletion(Domains domains, OperationAudit audit) {
        this.domains = domains;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends TenantRequest>> requests() {
        return Set.of(AddDomain.Request.class, RemoveDomain.Request.class);
    }

    @Override
    public void completed(Operation operation, TenantRequest request) {
        if (operation.state() != State.DONE) return;
        switch (request) {
            case AddDomain.Request added -> {
                if (domains.verify(operation.tenant(), added.domain()))
                    record(operation, request, "domain.verified", added.domain());
            }
            case RemoveDomain.Request removed -> {
                if (domains.forget(operation.tenant(), removed.domain()))
                    record(operation, request, "domain.removed", removed.domain());
            }
            default -> throw new IllegalStateException("nothing about a domain: " + operation.kind());
        }
    }

    private void record(Operation operation, TenantRequest request, String action, String domain) {
        audit.record(operation, request, action, "domain", domain, Map.of("domain", domain));
    }
}
