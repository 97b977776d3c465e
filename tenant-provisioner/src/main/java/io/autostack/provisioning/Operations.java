package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Makes promises and tells how far they are kept. Keeping them is the worker's business.
@ApplicationScoped
public class Operations {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ledger ledger;
    private final Worker worker;
    private final InstantSource clock;
    private final Map<String, OperationKind> kinds = new HashMap<>();
    private final Map<String, Settlement> settlements = new HashMap<>();

    @Inject
    Operations(
            Ledger ledger,
            Worker worker,
            @Any Instance<OperationKind> kinds,
            @Any Instance<Settlement> settlements,
            InstantSource clock) {
        this.ledger = ledger;
        this.worker = worker;
        this.clock = clock;
        for (var kind : kinds) this.kinds.put(kind.name(), kind);
        for (var settlement : settlements) this.settlements.put(settlement.kind(), settlement);
    }

    /// Writes a promise down in the transaction of whoever makes it: both are there, or neither.
    ///
    /// @return the operation; the earlier one if the same request key made it before
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID promise(Promise promise) {
        var kind = kinds.get(promise.kind());
        if (kind == null) throw new IllegalArgumentException("no kind of operation is called " + promise.kind());
        return ledger.with(connection -> {
            var id = newId();
            if (!ledger.insert(connection, id, promise, kind.steps(promise.facts())))
                return ledger.findByRequestKey(connection, promise.requestKey()).orElseThrow();
            worker.schedule(id, 0);
            return id;
        });
    }

    /// As far as the current database scope sees.
    public Optional<Operation> find(UUID id) {
        return ledger.with(connection -> ledger.find(connection, id));
    }

    /// The newest operations of one tenant, newest first.
    public List<Operation> latest(UUID tenant, int most) {
        return ledger.with(connection -> ledger.latest(connection, tenant, most));
    }

    /// The newest operations that the current database scope sees.
    public List<Operation> latest(int most) {
        return ledger.with(connection -> ledger.latest(connection, null, most));
    }

    /// Lets a failed operation go on at the step that failed.
    ///
    /// @return false when it has not failed
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean retry(UUID id) {
        return ledger.with(connection -> {
            var operation = ledger.find(connection, id).orElse(null);
            if (operation == null || operation.state() != Operation.State.FAILED) return false;
            if (!ledger.change(connection, operation, Operation.State.WAITING, operation.facts(), null, false))
                return false;
            for (var step : operation.steps())
                if (step.state() == Operation.State.FAILED)
                    ledger.step(
                            connection,
                            id,
                            new Worker.StepChange(step, Operation.State.WAITING, 0, Map.of(), false, null));
            var settlement = settlements.get(operation.kind());
            if (settlement != null)
                settlement.resumed(ledger.find(connection, id).orElseThrow());
            worker.schedule(id, operation.version() + 1);
            return true;
        });
    }

    private UUID newId() {
        long random = RANDOM.nextLong();
        return new UUID(
                (clock.millis() << 16) | 0x7000 | (random >>> 52),
                (random & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }
}
