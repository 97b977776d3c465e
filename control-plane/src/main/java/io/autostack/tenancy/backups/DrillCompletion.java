package io.autostack.tenancy.backups;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.plans.RestoreDrill;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Reads from the ledger how long a drill took, and writes it down.
@ApplicationScoped
class DrillCompletion implements CompletionHandler {

    private final Drills drills;
    private final Audit audit;

    @Inject
    DrillCompletion(Drills drills, Audit audit) {
        this.drills = drills;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(RestoreDrill.KIND);
    }

    @Override
    public void completed(Operation operation) {
        var drill = UUID.fromString(operation.facts().get("drill"));
        var done = operation.state() == State.DONE;
        var changed = done
                ? drills.passed(drill, rto(operation))
                : drills.change(drill, Drill.State.RUNNING, Drill.State.FAILED);
        if (changed)
            audit.record(
                    Actor.SYSTEM,
                    operation.tenant(),
                    done ? "tenant.drill-passed" : "tenant.drill-failed",
                    "restore-drill",
                    drill.toString(),
                    Map.of(
                            "slug", operation.facts().get("slug"),
                            "backup", operation.facts().get("backup"),
                            "operation", operation.id().toString()));
    }

    @Override
    public void retried(Operation operation) {
        drills.change(UUID.fromString(operation.facts().get("drill")), Drill.State.FAILED, Drill.State.RUNNING);
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
