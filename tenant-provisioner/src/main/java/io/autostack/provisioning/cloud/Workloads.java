package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Optional;
import java.util.UUID;

/// What a deployed stack runs in: containers and buckets.
public interface Workloads {

    /// A running container that answers at its health path, or, where no engine answers, an outcome that says it is
    /// simulated.
    Outcome ensureContainer(ContainerWanted wanted);

    /// A private bucket, or, where there is no object storage, an outcome that says it is simulated.
    Outcome ensureBucket(UUID tenant, String name);

    /// What a container wrote lately to its standard output and error, oldest line first, each line with its moment.
    ///
    /// @param lines how many of the last lines, 1 to 1,000
    /// @return empty where the tenant has no such container, also when it is simulated
    Optional<String> containerLog(UUID tenant, String name, int lines);

    /// No container any more.
    Outcome removeContainer(UUID tenant, String name);

    /// No bucket any more.
    Outcome removeBucket(UUID tenant, String name);

    /// Whether containers are real here.
    ContainerRuntime containerRuntime();
}
