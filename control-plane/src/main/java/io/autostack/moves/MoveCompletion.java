package io.autostack.moves;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.plans.DecommissionDatabase;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.TenantRequest;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Environment;
import io.autostack.tenancy.OperationAudit;
import io.autostack.tenancy.TenantRow.DatabaseFacts;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.backups.BackupKind;
import io.autostack.tenancy.backups.KeepBackup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Leads the tenant to its other database in the transaction that ends the operation: that moment is the cut-over. What
/// failed is released by itself, because its tenant stands still until then.
@ApplicationScoped
class MoveCompletion implements CompletionHandler<TenantRequest> {

    private final Moves moves;
    private final Tenants tenants;
    private final Operations operations;
    private final KeepBackup backups;
    private final OperationAudit audit;
    private final MovesConfig config;
    private final InstantSource clock;

    @Inject
    MoveCompletion(
            Moves moves,
            Tenants tenants,
            Operations operations,
            KeepBackup backups,
            OperationAudit audit,
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
    public Set<Class<? extends TenantRequest>> requests() {
        return Set.of(MoveToProduction.Request.class, RollBackMove.Request.class, DecommissionDatabase.Request.class);
    }

    @Override
    public void completed(Operation operation, TenantRequest request) {
        switch (request) {
            case MoveToProduction.Request move -> moveCompleted(operation, move);
            case RollBackMove.Request rollback -> rollBackCompleted(operation, rollback);
            case DecommissionDatabase.Request decommission -> decommissionCompleted(operation, decommission);
            default -> throw new IllegalStateException("not a move: " + operation.kind());
        }
    }

    @Override
    public void rolledBack(Operation rollback, TenantRequest request) {
        if (rollback.state() != State.DONE) return;
        if (moves.end(move(request), MoveState.MOVING, MoveState.UNDONE, clock.instant()))
            audit.record(rollback, request, "tenant.move-undone");
        else if (moves.change(move(request), MoveState.ROLLING_BACK, MoveState.MOVED))
            audit.record(rollback, request, "tenant.move-back-undone");
    }

    private void moveCompleted(Operation operation, MoveToProduction.Request request) {
        if (operation.state() == State.FAILED) {
            operations.rollBack(operation.id());
            return;
        }
        var now = clock.instant();
        var pause = Duration.between(Instant.parse(operation.learned().get(MoveToProduction.PAUSED_AT)), now);
        mustLead(operation, request, request.to(), Environment.PRODUCTION);
        moves.moved(request.move(), now, now.plus(config.fallback()), pause.toMillis());
        backups.keep(operation, request.subject(), request.move(), BackupKind.REPLACED);
        audit.record(operation, request, "tenant.moved-to-production", Map.of("pause", pause.toMillis() + " ms"));
    }

    private void rollBackCompleted(Operation operation, RollBackMove.Request request) {
        if (operation.state() == State.FAILED) {
            operations.rollBack(operation.id());
            return;
        }
        mustLead(operation, request, request.old(), Environment.POC);
        moves.end(request.move(), MoveState.ROLLING_BACK, MoveState.ROLLED_BACK, clock.instant());
        operations.enqueue(new DecommissionDatabase.Request(
                request.subject(), UuidV7.next(), request.move(), Optional.of(request.snapshot())));
        audit.record(operation, request, "tenant.moved-back");
    }

    private void decommissionCompleted(Operation operation, DecommissionDatabase.Request request) {
        if (operation.state() != State.DONE) return;
        moves.end(request.move(), MoveState.DECOMMISSIONING, MoveState.DECOMMISSIONED, clock.instant());
        audit.record(
                operation,
                request,
                "tenant.decommissioned",
                Map.of("database", request.subject().database()));
    }

    /// An exception here leaves the operation unfinished: nobody is led to a database that was changed meanwhile.
    private void mustLead(Operation operation, TenantRequest request, DatabaseSpec database, Environment environment) {
        var from = request.subject().database();
        var to = DatabaseFacts.of(database, operation.learned());
        if (!tenants.cutOver(operation.tenant(), from, to, database.placement(), environment))
            throw new IllegalStateException("tenant " + operation.tenant() + " is no longer on " + from);
    }

    private static UUID move(TenantRequest request) {
        return switch (request) {
            case MoveToProduction.Request there -> there.move();
            case RollBackMove.Request back -> back.move();
            case DecommissionDatabase.Request end -> end.move();
            default -> throw new IllegalStateException("not a move: " + request);
        };
    }
}
