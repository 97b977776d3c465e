package io.autostack.tenancy.closing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.Apps;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.domains.Domains;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// Enqueues closing a tenant, bringing a closed one back, or deleting it for good; each in one transaction under the
/// tenant's lock.
@ApplicationScoped
class CloseOrReopen {

    private static final Set<TenantStatus> CLOSED_FROM = Set.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private final Tenants tenants;
    private final Closings closings;
    private final Domains domains;
    private final Operations operations;
    private final Audit audit;
    private final TenancyConfig config;

    @Inject
    CloseOrReopen(
            Tenants tenants,
            Closings closings,
            Domains domains,
            Operations operations,
            Audit audit,
            TenancyConfig config) {
        this.tenants = tenants;
        this.closings = closings;
        this.domains = domains;
        this.operations = operations;
        this.audit = audit;
        this.config = config;
    }

    /// What can come of it.
    sealed interface Result {

        record Accepted(UUID operation) implements Result {}

        /// The short name was not repeated.
        record Unconfirmed() implements Result {}

        record NotFrom(TenantStatus status) implements Result {}

        record UnderWay(Operation operation) implements Result {}

        /// The deployment of an app failed and left half of it.
        record HalfBuilt(String app) implements Result {}

        /// It was never active: its onboarding was released.
        record NeverServed() implements Result {}

        record Deleted(Instant at) implements Result {}

        record TooLate(Instant retainedUntil) implements Result {}

        record BeingDeleted(UUID operation) implements Result {}
    }

    @Transactional
    public Result close(Caller caller, TenantRow asked, String confirmation) {
        if (!asked.slug().equals(confirmation)) return new Result.Unconfirmed();
        var tenant = locked(asked.id());
        if (!CLOSED_FROM.contains(tenant.status())) return new Result.NotFrom(tenant.status());
        var underWay = operations.underWay(tenant.id());
        if (underWay.isPresent()) return new Result.UnderWay(underWay.get());
        var apps = Apps.of(operations, tenant.id());
        if (!apps.halfBuilt().isEmpty())
            return new Result.HalfBuilt(apps.halfBuilt().getFirst());
        tenants.change(tenant.id(), tenant.status(), TenantStatus.CLOSING);
        return enqueue(
                caller.actor(),
                tenant,
                "tenant.closing-requested",
                (subject, change) -> new CloseTenant.Request(
                        subject,
                        change,
                        config.host(tenant.slug()),
                        domains.verified(tenant.id()),
                        tenant.sizing(),
                        tenant.status() == TenantStatus.SUSPENDED,
                        apps.all()));
    }

    @Transactional
    public Result reopen(Caller caller, TenantRow asked) {
        var tenant = locked(asked.id());
        var closing = closings.latest(tenant.id());
        var refused = refused(tenant, closing);
        if (refused.isPresent()) return refused.get();
        if (!closing.orElseThrow().canComeBack(closings.now()))
            return new Result.TooLate(closing.get().retainedUntil());
        var closed = operations.find(closing.get().operation()).orElseThrow().request(CloseTenant.Request.class);
        return enqueue(
                caller.actor(),
                tenant,
                "tenant.reopening-requested",
                (subject, change) -> new ReopenTenant.Request(subject, change, closed, tenant.sizing()));
    }

    @Transactional
    public Result deleteNow(Caller caller, TenantRow asked, String confirmation) {
        if (!asked.slug().equals(confirmation)) return new Result.Unconfirmed();
        return delete(caller.actor(), asked.id());
    }

    /// The clock has run out.
    @Transactional
    public Result deleteOverdue(ClosedTenant overdue) {
        return delete(Actor.SYSTEM, overdue.tenant());
    }

    private Result delete(Actor actor, UUID id) {
        var tenant = locked(id);
        var closing = closings.latest(id);
        var refused = refused(tenant, closing);
        if (refused.isPresent()) return refused.get();
        return enqueue(
                actor,
                tenant,
                "tenant.deletion-requested",
                (subject, change) ->
                        new DeleteTenant.Request(subject, closing.orElseThrow().id()));
    }

    /// What a closed tenant that is not being deleted has to be.
    private Optional<Result> refused(TenantRow tenant, Optional<ClosedTenant> closing) {
        if (tenant.status() != TenantStatus.CLOSED) return Optional.of(new Result.NotFrom(tenant.status()));
        if (closing.isEmpty()) return Optional.of(new Result.NeverServed());
        var deletedAt = closing.get().deletedAt();
        if (deletedAt != null) return Optional.of(new Result.Deleted(deletedAt));
        var deletion = Deletions.of(operations, closing.get());
        if (deletion.isPresent())
            return Optional.of(new Result.BeingDeleted(deletion.get().id()));
        return operations.underWay(tenant.id()).map(Result.UnderWay::new);
    }

    private TenantRow locked(UUID id) {
        return tenants.lock(id);
    }

    private Result enqueue(
            Actor actor, TenantRow tenant, String action, BiFunction<Subject, UUID, OperationRequest> request) {
        var operation = operations.enqueue(request.apply(tenant.subject(actor.name()), UuidV7.next()));
        audit.record(
                actor,
                tenant.id(),
                action,
                "tenant",
                tenant.id().toString(),
                Map.of("slug", tenant.slug(), "operation", operation.toString()));
        return new Result.Accepted(operation);
    }
}
