package io.autostack.moves;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.plans.DecommissionDatabase;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantRow.DatabaseFacts;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.backups.BackupKind;
import io.autostack.tenancy.backups.KeepBackup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Leads the tenant to its other database in the transaction that ends the operation: that moment is the cut-over. What
/// failed is released by itself, because its tenant stands still until then.
@ApplicationScoped
class MoveCompletion implements CompletionHandler {

    private final Moves moves;
    private final Tenants tenants;
    private final Operations operations;
    private final KeepBackup backups;
    private final Audit audit;
    private final MovesConfig config;
    private final InstantSource clock;

    @Inject
    MoveCompletion(
            Moves moves,
            Tenants tenants,
            Operations operations,
            KeepBackup backups,
            Audit audit,
            MovesConfig config,
            InstantSource clock) {
        this.moves = moves;
        this.tenants = tenants;
        this.operations = operations;
        this.backups = backups;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<String> kinds() {
        return StartMove.KINDS;
    }

    @Override
    public void completed(Operation operation) {
        switch (operation.kind()) {
            case MoveToProduction.KIND -> moveCompleted(operation);
            case RollBackMove.KIND -> rollBackCompleted(operation);
            case DecommissionDatabase.KIND -> decommissionCompleted(operation);
            default -> throw new IllegalStateException("not a move: " + operation.kind());
        }
    }

    @Override
    public void rolledBack(Operation rollback) {
        if (rollback.state() != State.DONE) return;
        if (moves.end(move(rollback), MoveState.MOVING, MoveState.UNDONE, clock.instant()))
            tell(rollback, "tenant.move-undone", Map.of());
        else if (moves.change(move(rollback), MoveState.ROLLING_BACK, MoveState.MOVED))
            tell(rollback, "tenant.move-back-undone", Map.of());
    }

    private void moveCompleted(Operation operation) {
        if (operation.state() == State.FAILED) {
            operations.rollBack(operation.id());
            return;
        }
        var facts = operation.facts();
        var now = clock.instant();
        var pause = Duration.between(Instant.parse(facts.get(MoveToProduction.PAUSED_AT)), now);
        mustLead(
                operation,
                facts.get("database.name"),
                "to.database",
                "to.secret",
                facts.get("to.placement"),
                Environment.PRODUCTION);
        moves.moved(move(operation), now, now.plus(config.fallback()), pause.toMillis());
        backups.keep(operation, move(operation), BackupKind.REPLACED);
        tell(operation, "tenant.moved-to-production", Map.of("pause", pause.toMillis() + " ms"));
    }

    private void rollBackCompleted(Operation operation) {
        if (operation.state() == State.FAILED) {
            operations.rollBack(operation.id());
            return;
        }
        var facts = operation.facts();
        mustLead(
                operation,
                facts.get("database.name"),
                "old.database",
                "old.secret",
                facts.get("old.placement"),
                Environment.POC);
        moves.end(move(operation), MoveState.ROLLING_BACK, MoveState.ROLLED_BACK, clock.instant());
        var production = new Subject(
                operation.tenant(),
                facts.get("slug"),
                facts.get("database.name"),
                facts.get("database.secret"),
                Placement.of(facts.get("database.placement")),
                facts.get("requestedBy"));
        operations.enqueue(
                DecommissionDatabase.request(production, UuidV7.next(), move(operation), facts.get("snapshot")));
        tell(operation, "tenant.moved-back", Map.of());
    }

    private void decommissionCompleted(Operation operation) {
        if (operation.state() != State.DONE) return;
        moves.end(move(operation), MoveState.DECOMMISSIONING, MoveState.DECOMMISSIONED, clock.instant());
        tell(
                operation,
                "tenant.decommissioned",
                Map.of("database", operation.facts().get("database.name")));
    }

    /// An exception here leaves the operation unfinished: nobody is led to a database that was changed meanwhile.
    private void mustLead(
            Operation operation,
            String from,
            String database,
            String secret,
            String placement,
            Environment environment) {
        var facts = operation.facts();
        var to = new DatabaseFacts(
                "postgresql",
                facts.get("database.host"),
                Integer.parseInt(facts.get("database.port")),
                facts.get(database),
                facts.get(secret));
        if (!tenants.cutOver(operation.tenant(), from, to, Placement.of(placement), environment))
            throw new IllegalStateException("tenant " + operation.tenant() + " is no longer on " + from);
    }

    private void tell(Operation operation, String action, Map<String, String> more) {
        var details = new HashMap<String, Object>(more);
        details.put("slug", operation.facts().get("slug"));
        details.put("operation", operation.id().toString());
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "tenant",
                operation.tenant().toString(),
                details);
    }

    private static UUID move(Operation operation) {
        return UUID.fromString(operation.facts().get("move"));
    }
}
