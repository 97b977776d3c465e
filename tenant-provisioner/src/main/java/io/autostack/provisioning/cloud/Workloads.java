package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.UUID;

/// What a deployed stack runs in: containers and buckets.
public interface Workloads {

    /// A running container that answers at its health path, or, where no engine answers, an outcome that says
    /// it is simulated.
    Outcome ensureContainer(ContainerSpec desired);

    /// A private bucket, or, where there is no object storage, an outcome that says it is simulated.
    Outcome ensureBucket(UUID tenant, String name);

    /// The last lines that a container wrote. Answers within moments, whatever runs it does.
    ///
    /// @param lines how many of the last lines, 1 to 1,000
    ContainerOutput containerOutput(UUID tenant, String name, int lines);

    /// All of the tenant's containers as they would be made today, under the same names and addresses; what
    /// they run and whether they run stays.
    Outcome renewContainers(UUID tenant);

    /// No container any more.
    Outcome removeContainer(UUID tenant, String name);

    /// No bucket any more.
    Outcome removeBucket(UUID tenant, String name);

    /// Whether containers are real here, as was heard last: who asks does not wait.
    ContainerRuntime containerRuntime();
}
