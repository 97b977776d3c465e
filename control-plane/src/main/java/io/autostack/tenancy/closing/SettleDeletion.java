package io.autostack.tenancy.closing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.identity.ApiTokens;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Settlement;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes the certificate in the transaction that ends the deletion, gives the short name back, and takes the tenant's
/// API tokens away.
@ApplicationScoped
class SettleDeletion implements Settlement {

    private final Tenants tenants;
    private final Closings closings;
    private final Certificates certificates;
    private final Operations operations;
    private final ApiTokens tokens;
    private final Audit audit;

    @Inject
    SettleDeletion(
            Tenants tenants,
            Closings closings,
            Certificates certificates,
            Operations operations,
            ApiTokens tokens,
            Audit audit) {
        this.tenants = tenants;
        this.closings = closings;
        this.certificates = certificates;
        this.operations = operations;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(DeleteTenant.KIND);
    }

    @Override
    public void settle(Operation operation) {
        if (operation.state() != State.DONE) return;
        var tenant = tenants.find(operation.tenant());
        var closing = closings.latest(operation.tenant());
        if (tenant.isPresent() && closing.isPresent()) deleted(operation, tenant.get(), closing.get());
    }

    private void deleted(Operation operation, TenantRow tenant, ClosedTenant closing) {
        var now = closings.now();
        if (!closings.deleted(closing.id(), now) || !tenants.forget(operation.tenant(), now)) return;
        for (var token : tokens.all())
            if (operation.tenant().equals(token.tenant())) tokens.revoke(Actor.SYSTEM, token.id());
        var id = UuidV7.next();
        var text = new CertificateText(
                        id,
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        closing.closedBy(),
                        closing.closedAt(),
                        closing.retainedUntil(),
                        operation.facts().get("requestedBy"),
                        now,
                        operation.id(),
                        removedAtClosing(closing.operation()),
                        thereWas(operation),
                        found(operation))
                .text();
        certificates.issue(new Certificate(id, tenant.id(), closing.id(), now, text, CertificateText.sha256(text)));
        audit.record(
                Actor.SYSTEM,
                tenant.id(),
                "tenant.deleted",
                "tenant",
                tenant.id().toString(),
                Map.of(
                        "slug", tenant.slug(),
                        "certificate", id.toString(),
                        "sha256", CertificateText.sha256(text),
                        "operation", operation.id().toString()));
    }

    @Override
    public void resumed(Operation operation) {}

    @Override
    public void released(Operation release) {}

    private List<String> removedAtClosing(UUID closing) {
        return operations.find(closing).stream()
                .flatMap(operation -> operation.steps().stream())
                .filter(step -> step.name().startsWith("remove:")
                        || step.name().startsWith("stop:")
                        || step.name().equals("route"))
                .map(step -> step.findings().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")))
                .toList();
    }

    private static SortedMap<String, String> thereWas(Operation operation) {
        var there = new TreeMap<String, String>();
        operation.facts().values().forEach((fact, names) -> {
            if (fact.startsWith(DeleteTenant.THERE_WAS))
                there.put(fact.substring(DeleteTenant.THERE_WAS.length()), names);
        });
        return there;
    }

    private static SortedMap<String, String> found(Operation operation) {
        return new TreeMap<>(operation.steps().getLast().findings());
    }
}
