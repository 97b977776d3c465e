package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.UUID;

/// What a deployed stack runs in: containers and buckets.
public interface Workloads {

    /// A running container, or, where no engine answers, an outcome that says it is simulated.
    Outcome ensureContainer(ContainerWanted wanted);

    /// A private bucket, or, where there is no object storage, an outcome that says it is simulated.
    Outcome ensureBucket(UUID tenant, String name);

    /// No container any more.
    Outcome removeContainer(UUID tenant, String name);

    /// No bucket any more.
    Outcome removeBucket(UUID tenant, String name);

    /// Whether containers are real here.
    ContainerRuntime containerRuntime();
}
