package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.Subject;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.shared.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// Enqueues a change of a tenant, in one transaction under the tenant's lock: looks at its status, refuses what is
/// under way already, writes operation and history.
@ApplicationScoped
public class ChangeRequest {

    /// For a change that is asked for only while nothing else is under way.
    public static final Set<String> EVERY_KIND = Set.of("*");

    private final Tenants tenants;
    private final Operations operations;
    private final Audit audit;

    @Inject
    ChangeRequest(Tenants tenants, Operations operations, Audit audit) {
        this.tenants = tenants;
        this.operations = operations;
        this.audit = audit;
    }

    /// A change to be asked for.
    ///
    /// @param from the statuses in which a tenant can be changed so
    /// @param rivals kinds of operations of which none may be under way
    /// @param action as history has it, like `tenant.suspension-requested`
    /// @param details beyond slug and operation, for history
    /// @param request of the change with this id for this tenant
    public record Change(
            Set<TenantStatus> from,
            Set<String> rivals,
            String action,
            Map<String, String> details,
            BiFunction<Subject, UUID, OperationRequest> request) {}

    /// What can come of it.
    public sealed interface Result {

        record Accepted(UUID operation) implements Result {}

        /// The tenant is in a status from which this does not lead anywhere.
        record NotFrom(TenantStatus status) implements Result {}

        /// The same or a rival is under way.
        record UnderWay(UUID operation) implements Result {}
    }

    @Transactional
    public Result ask(Caller caller, TenantRow asked, Change change) {
        return ask(caller.actor(), asked, change);
    }

    @Transactional
    public Result ask(Actor actor, TenantRow asked, Change change) {
        var tenant = tenants.lock(asked.id());
        if (!change.from().contains(tenant.status())) return new Result.NotFrom(tenant.status());
        var underWay = operations.allUnderWay(tenant.id()).stream()
                .filter(operation -> areRivals(change, operation.kind()))
                .findFirst();
        if (underWay.isPresent()) return new Result.UnderWay(underWay.get().id());
        var operation = operations.enqueue(change.request().apply(tenant.subject(actor.name()), UuidV7.next()));
        var details = new HashMap<String, Object>(change.details());
        details.put("slug", tenant.slug());
        details.put("operation", operation.toString());
        audit.record(actor, tenant.id(), change.action(), "tenant", tenant.id().toString(), details);
        return new Result.Accepted(operation);
    }

    /// A restore gives the tenant another database: what is asked for before its end would be about the old one. What
    /// is asked for while a suspension waits for its turn would be done to a suspended tenant.
    private static boolean areRivals(Change change, String kind) {
        return change.rivals().equals(EVERY_KIND)
                || change.rivals().contains(kind)
                || kind.equals(RestoreTenant.KIND)
                || kind.equals(SuspendTenant.KIND);
    }
}
