package io.autostack.marketplace;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.metering.Usage;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.tenancy.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Notes whether a deployment runs, and whether all of it is real.
@ApplicationScoped
class DeploymentCompletion implements CompletionHandler {

    private static final String SOURCE = "/autostack/marketplace";

    private final Deployments deployments;
    private final Projects projects;
    private final Usage usage;
    private final Audit audit;

    @Inject
    DeploymentCompletion(Deployments deployments, Projects projects, Usage usage, Audit audit) {
        this.deployments = deployments;
        this.projects = projects;
        this.usage = usage;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(DeployStack.KIND);
    }

    @Override
    public void completed(Operation operation) {
        var deployment = UUID.fromString(operation.facts().get("deployment"));
        var done = operation.state() == State.DONE;
        if (!deployments.complete(deployment, done ? "running" : "failed", operation.simulated())) return;
        if (done) usage.count(operation.tenant(), SOURCE, deployment.toString(), "deployments", BigDecimal.ONE);
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                done ? "deployment.running" : "deployment.failed",
                "deployment",
                deployment.toString(),
                Map.of(
                        "app", operation.facts().get("app"),
                        "operation", operation.id().toString(),
                        "simulated", operation.simulated()));
    }

    @Override
    public void retried(Operation operation) {
        deployments.resume(UUID.fromString(operation.facts().get("deployment")));
    }

    @Override
    public void rolledBack(Operation rollback) {
        if (rollback.state() != State.DONE) return;
        var deployment = UUID.fromString(rollback.facts().get("deployment"));
        deployments.release(deployment).ifPresent(project -> {
            projects.remove(project);
            audit.record(
                    Actor.SYSTEM,
                    rollback.tenant(),
                    "deployment.released",
                    "deployment",
                    deployment.toString(),
                    Map.of(
                            "app",
                            rollback.facts().get("app"),
                            "operation",
                            rollback.id().toString()));
        });
    }
}
