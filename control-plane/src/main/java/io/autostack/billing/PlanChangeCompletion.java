package io.autostack.billing;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Moves the tenant to its new plan once its database has the new size, and records what the rest of the month is worth
/// at both prices. The record is what makes a second completion of the same operation change nothing.
@ApplicationScoped
class PlanChangeCompletion implements CompletionHandler {

    private final Tenants tenants;
    private final Plans plans;
    private final PlanChanges changes;
    private final Audit audit;

    @Inject
    PlanChangeCompletion(Tenants tenants, Plans plans, PlanChanges changes, Audit audit) {
        this.tenants = tenants;
        this.plans = plans;
        this.changes = changes;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(ChangePlan.KIND);
    }

    @Override
    public void completed(Operation operation) {
        if (operation.state() != State.DONE) return;
        var from = version(operation.facts(), "from");
        var to = version(operation.facts(), "to");
        var row = tenants.find(operation.tenant());
        if (row.isEmpty() || !isOn(row.get().plan(), from)) return;
        var change = change(operation, from, to);
        if (changes.record(change)
                && tenants.move(operation.tenant(), from.plan(), from.version(), to.plan(), to.version()))
            record(operation, change);
    }

    private static boolean isOn(PlanVersion now, PlanVersion from) {
        return now.plan().equals(from.plan()) && now.version() == from.version();
    }

    private PlanVersion version(Facts facts, String side) {
        return plans.get(facts.get(side + ".plan"), Integer.parseInt(facts.get(side + ".version")));
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

    private void record(Operation operation, PlanChange change) {
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                "tenant.plan-changed",
                "tenant",
                operation.tenant().toString(),
                Map.of(
                        "slug", operation.facts().get("slug"),
                        "from", change.from().plan(),
                        "to", change.to().plan(),
                        "credit", change.proration().credit().toString(),
                        "charge", change.proration().charge().toString(),
                        "operation", operation.id().toString()));
    }
}
