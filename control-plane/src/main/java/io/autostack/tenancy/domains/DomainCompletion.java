package io.autostack.tenancy.domains;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.RemoveDomain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Marks a domain that was proven, and forgets one that leads nowhere any more.
@ApplicationScoped
class DomainCompletion implements CompletionHandler {

    private final Domains domains;
    private final Audit audit;

    @Inject
    DomainCompletion(Domains domains, Audit audit) {
        this.domains = domains;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(AddDomain.KIND, RemoveDomain.KIND);
    }

    @Override
    public void completed(Operation operation) {
        if (operation.state() != State.DONE) return;
        var name = operation.facts().get(AddDomain.DOMAIN);
        var adds = operation.kind().equals(AddDomain.KIND);
        var changed = adds ? domains.verify(operation.tenant(), name) : domains.forget(operation.tenant(), name);
        if (changed)
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    adds ? "domain.verified" : "domain.removed",
                    "domain",
                    name,
                    Map.of(
                            "slug", operation.facts().get("slug"),
                            "domain", name,
                            "operation", operation.id().toString()));
    }
}
