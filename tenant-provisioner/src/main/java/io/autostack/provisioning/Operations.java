package io.autostack.provisioning;

import io.autostack.jdbc.Query;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Enqueues operations and tells how far they are. Executing them is the worker's business.
@ApplicationScoped
public class Operations {

    /// The kind of an operation that takes back what another one built.
    public static final String ROLLBACK = Kinds.ROLLBACK;

    private final Ledger ledger;
    private final Worker worker;
    private final Kinds kinds;

    @Inject
    Operations(Ledger ledger, Worker worker, Kinds kinds) {
        this.ledger = ledger;
        this.worker = worker;
        this.kinds = kinds;
    }

    /// Writes an operation down in the transaction of whoever asks for it: both are there, or neither.
    ///
    /// @return the operation; the earlier one if the same change made it before
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID enqueue(OperationRequest request) {
        return enqueue(request, Facts.of(Map.of()));
    }

    private UUID enqueue(OperationRequest request, Facts learned) {
        var enqueued = Enqueued.of(kinds, request, learned);
        return ledger.with(connection -> {
            var made = ledger.insert(connection, enqueued);
            if (made.isEmpty())
                return ledger.findByRequestKey(connection, enqueued.requestKey())
                        .orElseThrow();
            worker.schedule(made.get(), 0, kinds.takesLong(enqueued.kind()));
            return made.get();
        });
    }

    /// The names of all kinds of operations that this version knows.
    public List<String> kinds() {
        return kinds.names();
    }

    /// As far as the current database scope sees.
    public Optional<Operation> find(UUID id) {
        return ledger.with(connection -> ledger.find(connection, id));
    }

    /// The newest operations of one tenant, newest first, without their steps but for the newest that is not done.
    public List<Operation> latest(UUID tenant, int max) {
        return ledger.with(latestQuery(tenant, max)::run);
    }

    /// The same, to be asked with other things.
    public Query<List<Operation>> latestQuery(UUID tenant, int max) {
        return ledger.latest(tenant, max);
    }

    /// The newest operations that the current database scope sees, without their steps.
    public List<Operation> latest(int max) {
        return ledger.with(connection -> ledger.latest(connection, max));
    }

    /// All operations of one kind of a tenant, oldest first.
    public List<Operation> ofKind(UUID tenant, String kind) {
        return ledger.with(connection -> ledger.ofKind(connection, tenant, kind));
    }

    /// The oldest operation of a tenant that has not ended.
    public Optional<Operation> underWay(UUID tenant) {
        return allUnderWay(tenant).stream().findFirst();
    }

    /// All operations of a tenant that have not ended, oldest first. One that was retried may be much older than what
    /// has ended since.
    public List<Operation> allUnderWay(UUID tenant) {
        return ledger.with(connection -> ledger.underWay(connection, tenant));
    }

    /// Lets a failed operation go on at the step that failed. When only its end could not be written down, the
    /// last step is asked again: what it found may be long ago.
    ///
    /// @return false when it has not failed, or was released
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean retry(UUID id) {
        return goOn(id, failed -> new StepChange(failed, State.WAITING, 0, 0, Map.of(), false, null));
    }

    /// Lets a failed operation go on behind the step that failed, if that step may be left out.
    ///
    /// @param reason kept as evidence
    /// @return false when it has not failed, was released, or cannot do without the step
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean skip(UUID id, String reason, String by) {
        var operation = find(id).orElse(null);
        if (operation == null || !maySkip(operation)) return false;
        var evidence = Map.of("skipped", reason, "by", by);
        return goOn(
                id,
                failed -> new StepChange(
                        failed, State.DONE, failed.attempts(), 0, evidence, false, "Skipped: " + reason));
    }

    /// Whether the step at which the operation failed may be left out.
    public boolean maySkip(Operation operation) {
        return operation.state() == State.FAILED
                && operation.steps().stream()
                        .filter(step -> step.state() == State.FAILED)
                        .findFirst()
                        .flatMap(failed -> kinds.known(operation, failed.name()))
                        .filter(Step::skippable)
                        .isPresent();
    }

    /// Who may let an operation go on once it has failed.
    public RequiredRole requiredRole(Operation operation) {
        return kinds.requiredRole(operation.kind());
    }

    /// Whether an operation that failed may go on while its tenant is suspended.
    public boolean fitsSuspension(Operation operation) {
        return kinds.fitsSuspension(operation);
    }

    /// What the steps that are done have built, by the step's name, as far as it is charged for.
    public Map<String, Billable> built(Operation operation) {
        var built = new HashMap<String, Billable>();
        for (var record : operation.steps())
            if (record.state() == State.DONE)
                kinds.known(operation, record.name())
                        .flatMap(Step::billable)
                        .ifPresent(billable -> built.put(record.name(), billable));
        return built;
    }

    /// Enqueues the rollback of a failed operation: everything it built, backwards. The operation itself stays as it
    /// ended.
    ///
    /// @return the rollback; the earlier one if it was asked for before; empty when it has not failed, or its
    /// request cannot be read
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<UUID> rollBack(UUID id) {
        return ledger.with(connection -> ledger.findLocked(connection, id))
                .filter(operation ->
                        operation.state() == State.FAILED && !operation.kind().equals(Kinds.ROLLBACK))
                .flatMap(failed -> Kinds.rollback(failed).map(rollback -> enqueue(rollback, failed.learned())));
    }

    private boolean goOn(UUID id, Function<StepRecord, StepChange> change) {
        return ledger.with(connection -> {
            var operation = ledger.findLocked(connection, id).orElse(null);
            if (operation == null || operation.state() != State.FAILED) return false;
            if (ledger.findByRequestKey(connection, Kinds.ROLLBACK + ":" + id).isPresent()) return false;
            if (!ledger.change(connection, OperationChange.of(operation, State.WAITING, null))) return false;
            for (var step : operation.steps())
                if (step.state() == State.FAILED || isLastOfAllDone(operation, step))
                    ledger.step(connection, id, change.apply(step));
            kinds.retried(ledger.find(connection, id).orElseThrow());
            worker.schedule(id, operation.version() + 1, kinds.takesLong(operation.kind()));
            return true;
        });
    }

    private static boolean isLastOfAllDone(Operation operation, StepRecord step) {
        return operation.next().isEmpty()
                && step.position() == operation.steps().size() - 1;
    }
}
