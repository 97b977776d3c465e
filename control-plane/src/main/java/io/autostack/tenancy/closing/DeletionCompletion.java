package io.autostack.tenancy.closing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.identity.ApiTokens;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.domains.DomainRow;
import io.autostack.tenancy.domains.Domains;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes the certificate in the transaction that ends the deletion, gives the short name and the domains back, and
/// takes the tenant's API tokens away.
@ApplicationScoped
class DeletionCompletion implements CompletionHandler<DeleteTenant.Request> {

    private final Tenants tenants;
    private final Closings closings;
    private final Certificates certificates;
    private final Operations operations;
    private final ApiTokens tokens;
    private final Domains domains;
    private final Audit audit;
    private final Event<TenantForgotten> forgotten;

    @Inject
    DeletionCompletion(
            Tenants tenants,
            Closings closings,
            Certificates certificates,
            Operations operations,
            ApiTokens tokens,
            Domains domains,
            Audit audit,
            Event<TenantForgotten> forgotten) {
        this.tenants = tenants;
        this.closings = closings;
        this.certificates = certificates;
        this.operations = operations;
        this.tokens = tokens;
        this.domains = domains;
        this.audit = audit;
        this.forgotten = forgotten;
    }

    @Override
    public Set<Class<? extends DeleteTenant.Request>> requests() {
        return Set.of(DeleteTenant.Request.class);
    }

    @Override
    public void completed(Operation operation, DeleteTenant.Request request) {
        if (operation.state() != State.DONE) return;
        var tenant = tenants.find(operation.tenant());
        var closing = closings.latest(operation.tenant());
        if (tenant.isPresent() && closing.isPresent())
            deleted(operation, request.subject().requestedBy(), tenant.get(), closing.get());
    }

    private void deleted(Operation operation, String requestedBy, TenantRow tenant, ClosedTenant closing) {
        var now = closings.now();
        if (!closings.deleted(closing.id(), now) || !tenants.forget(operation.tenant(), now)) return;
        var thereWas = thereWas(operation);
        thereWas.put("API tokens", names(revoked(operation.tenant())));
        thereWas.put(
                "domains of its own",
                names(domains.of(operation.tenant()).stream()
                        .map(DomainRow::name)
                        .toList()));
        domains.forgetAll(operation.tenant());
        forgotten.fire(new TenantForgotten(operation.tenant()));
        var id = UuidV7.next();
        var text = new CertificateText(
                        id,
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        closing.closedBy(),
                        closing.closedAt(),
                        closing.retainedUntil(),
                        requestedBy,
                        now,
                        operation.id(),
                        removedAtClosing(closing.operation()),
                        thereWas,
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

    private List<String> revoked(UUID tenant) {
        return tokens.all().stream()
                .filter(token -> tenant.equals(token.tenant()) && tokens.revoke(Actor.SYSTEM, token.id()))
                .map(ApiTokens.Row::name)
                .toList();
    }

    private static String names(List<String> all) {
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private List<String> removedAtClosing(UUID closing) {
        return operations.find(closing).stream()
                .flatMap(operation -> operation.steps().stream())
                .filter(step -> step.name().startsWith("remove:")
                        || step.name().startsWith("stop:")
                        || step.name().equals("route")
                        || step.name().equals("domains"))
                .map(step -> step.findings().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")))
                .toList();
    }

    private static SortedMap<String, String> thereWas(Operation operation) {
        var there = new TreeMap<String, String>();
        operation.learned().values().forEach((fact, names) -> {
            if (fact.startsWith(DeleteTenant.THERE_WAS))
                there.put(fact.substring(DeleteTenant.THERE_WAS.length()), names);
        });
        return there;
    }

    private static SortedMap<String, String> found(Operation operation) {
        return new TreeMap<>(operation.steps().getLast().findings());
    }
}
