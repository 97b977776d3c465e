package io.autostack.provisioning.cloud.aws;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/// What became of one deployment of a service. A service is "stable" also after ECS has gone back to what ran before,
/// so it is the deployment's own id that is asked for.
sealed interface Rollout {

    /// All its tasks run, and nothing of another one.
    record Completed(int running) implements Rollout {}

    /// @param words how far it is
    record UnderWay(String words) implements Rollout {}

    /// @param words as a sentence
    record Failed(String words) implements Rollout {}

    /// @param id of the deployment that was begun
    static Rollout of(List<Deployment> deployments, String id) {
        var ours = deployments.stream()
                .filter(deployment -> id.equals(deployment.id()))
                .findFirst();
        if (ours.isEmpty()) return new Failed("ECS took the deployment back and runs what ran before.");
        var deployment = ours.get();
        if (deployment.rolloutState() == DeploymentRolloutState.FAILED)
            return new Failed("ECS gave the deployment up"
                    + (isBlank(deployment.rolloutStateReason())
                            ? "."
                            : ": " + sentence(deployment.rolloutStateReason())));
        if (!"PRIMARY".equals(deployment.status()))
            return new Failed("Another deployment has taken the place of this one.");
        if (deployment.rolloutState() == DeploymentRolloutState.COMPLETED || isOnly(deployments, deployment))
            return new Completed(number(deployment.runningCount()));
        return new UnderWay(number(deployment.runningCount()) + " of " + number(deployment.desiredCount())
                + " tasks run, " + number(deployment.failedTasks()) + " of the "
                + failuresAllowed(number(deployment.desiredCount())) + " failures that end it");
    }

    /// For whoever does not say how far a deployment is.
    private static boolean isOnly(List<Deployment> deployments, Deployment deployment) {
        return deployment.rolloutState() == null
                && deployments.size() == 1
                && number(deployment.pendingCount()) == 0
                && number(deployment.runningCount()) >= number(deployment.desiredCount());
    }

    /// From how many failed tasks on the circuit breaker ends a deployment: half of the tasks, 3 at least and 200 at
    /// most ("Amazon ECS deployment circuit breaker", ECS developer guide).
    static int failuresAllowed(int desired) {
        return Math.clamp((desired + 1) / 2, 3, 200);
    }

    private static int number(Integer count) {
        return count == null ? 0 : count;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
