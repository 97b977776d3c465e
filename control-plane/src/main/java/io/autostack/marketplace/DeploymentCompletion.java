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

/// Notes whether a deployment runs, and whether all of it is real.
@ApplicationScoped
class DeploymentCompletion implements CompletionHandler<DeployStack.Request> {

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
    public Set<Class<? extends DeployStack.Request>> requests() {
        return Set.of(DeployStack.Request.class);
    }

    @Override
    public void completed(Operation operation, DeployStack.Request request) {
        var deployment = request.deployment();
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
                        "app", request.app().name(),
                        "operation", operation.id().toString(),
                        "simulated", operation.simulated()));
    }

    @Override
    public void retried(Operation operation, DeployStack.Request request) {
        deployments.resume(request.deployment());
    }

    @Override
    public void rolledBack(Operation rollback, DeployStack.Request request) {
        if (rollback.state() != State.DONE) return;
        var deployment = request.deployment();
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
                            request.app().name(),
                            "operation",
                            rollback.id().toString()));
        });
    }
}
