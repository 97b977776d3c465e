package io.autostack.tenancy.backups;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.plans.RestoreDrill;
import io.autostack.tenancy.OperationAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Reads from the ledger how long a drill took, and writes it down.
@ApplicationScoped
class DrillCompletion implements CompletionHandler<RestoreDrill.Request> {

    private final Drills drills;
    private final OperationAudit audit;

    @Inject
    DrillCompletion(Drills drills, OperationAudit audit) {
        this.drills = drills;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends RestoreDrill.Request>> requests() {
        return Set.of(RestoreDrill.Request.class);
    }

    @Override
    public void completed(Operation operation, RestoreDrill.Request request) {
        var drill = request.drill();
        var done = operation.state() == State.DONE;
        var changed = done
                ? drills.passed(drill, rto(operation))
                : drills.change(drill, Drill.State.RUNNING, Drill.State.FAILED);
        if (changed)
            audit.record(
                    operation,
                    request,
                    done ? "tenant.drill-passed" : "tenant.drill-failed",
                    "restore-drill",
                    drill.toString(),
                    Map.of("backup", request.backup().toString()));
    }

    @Override
    public void retried(Operation operation, RestoreDrill.Request request) {
        drills.change(request.drill(), Drill.State.FAILED, Drill.State.RUNNING);
    }

    private static Duration rto(Operation operation) {
        return Duration.between(
                Objects.requireNonNull(step(operation, RestoreDrill.BEGUN).startedAt()),
                Objects.requireNonNull(step(operation, RestoreDrill.VERIFIED).finishedAt()));
    }

    private static StepRecord step(Operation operation, String name) {
        return operation.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
