package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/// Stacks cannot be deployed on AWS by this version, and nothing pretends that they can.
@ApplicationScoped
class AwsWorkloads implements Workloads {

    private static final String SENTENCE = "This version of AutoStack does not run stacks on AWS.";
    private static final Outcome NONE = Outcome.done(Map.of("container", "was not there"));

    @Override
    public Outcome ensureContainer(ContainerSpec desired) {
        return new Outcome.Failed(SENTENCE + " Release this operation: it takes back what it made.");
    }

    @Override
    public Outcome ensureBucket(UUID tenant, String name) {
        return new Outcome.Failed(SENTENCE + " Release this operation: it takes back what it made.");
    }

    @Override
    public ContainerOutput containerOutput(UUID tenant, String name, int lines) {
        return new ContainerOutput.None();
    }

    @Override
    public Outcome renewContainers(UUID tenant) {
        return NONE;
    }

    @Override
    public Outcome removeContainer(UUID tenant, String name) {
        return NONE;
    }

    @Override
    public Outcome removeBucket(UUID tenant, String name) {
        return Outcome.done(Map.of("bucket", "was not there"));
    }

    @Override
    public ContainerRuntime containerRuntime() {
        return new ContainerRuntime(false, false, SENTENCE);
    }
}
