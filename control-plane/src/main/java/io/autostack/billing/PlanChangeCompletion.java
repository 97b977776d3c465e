package io.autostack.billing;

import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.OperationAudit;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Moves the tenant to its new plan once its database has the new size, and records what the rest of the month is worth
/// at both prices. The record is what makes a second completion of the same operation change nothing.
@ApplicationScoped
class PlanChangeCompletion implements CompletionHandler<ChangePlan.Request> {

    private final Tenants tenants;
    private final Plans plans;
    private final PlanChanges changes;
    private final OperationAudit audit;

    @Inject
    PlanChangeCompletion(Tenants tenants, Plans plans, PlanChanges changes, OperationAudit audit) {
        this.tenants = tenants;
        this.plans = plans;
        this.changes = changes;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends ChangePlan.Request>> requests() {
        return Set.of(ChangePlan.Request.class);
    }

    @Override
    public void completed(Operation operation, ChangePlan.Request request) {
        if (operation.state() != State.DONE) return;
        var from = version(request.from());
        var to = version(request.to());
        var row = tenants.find(operation.tenant());
        if (row.isEmpty() || !isOn(row.get().plan(), from)) return;
        var change = change(operation, from, to);
        if (changes.record(change)
                && tenants.move(operation.tenant(), from.plan(), from.version(), to.plan(), to.version()))
            record(operation, request, change);
    }

    private static boolean isOn(PlanVersion now, PlanVersion from) {
        return now.plan().equals(from.plan()) && now.version() == from.version();
    }

    private PlanVersion version(ChangePlan.Target side) {
        return plans.get(side.plan(), side.version());
    }

    private static PlanChange change(Operation operation, PlanVersion from, PlanVersion to) {
        var ended = Objects.requireNonNull(operation.finishedAt());
        return new PlanChange(
                UuidV7.next(),
                operation.tenant(),
                operation.id(),
                PlanChange.Side.of(from),
                PlanChange.Side.of(to),
                Proration.at(ended, from.price(), to.price()),
                Proration.ROUNDING,
                Proration.FORMULA);
    }

    private void record(Operation operation, ChangePlan.Request request, PlanChange change) {
        audit.record(
                operation,
                request,
                "tenant.plan-changed",
                Map.of(
                        "from", change.from().plan(),
                        "to", change.to().plan(),
                        "credit", change.proration().credit().toString(),
                        "charge", change.proration().charge().toString()));
    }
}
