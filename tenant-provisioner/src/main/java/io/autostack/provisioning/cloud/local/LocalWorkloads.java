package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/// Containers with their secrets, and buckets, which are simulated.
@ApplicationScoped
class LocalWorkloads implements Workloads {

    private final Containers containers;
    private final SecretStore secrets;

    @Inject
    LocalWorkloads(Containers containers, SecretStore secrets) {
        this.containers = containers;
        this.secrets = secrets;
    }

    @Override
    public Outcome ensureContainer(ContainerSpec desired) {
        return containers.ensure(
                desired,
                name -> secrets.find(desired.tenant(), name, SecretStage.CURRENT)
                        .map(Secret::value)
                        .orElseThrow(
                                () -> new IllegalStateException("there is no secret " + name + " for this tenant")));
    }

    @Override
    public ContainerOutput containerOutput(UUID tenant, String name, int lines) {
        return containers.output(tenant, name, lines);
    }

    @Override
    public Outcome renewContainers(UUID tenant) {
        return containers.renew(tenant);
    }

    @Override
    public Outcome removeContainer(UUID tenant, String name) {
        return containers.remove(tenant, name);
    }

    @Override
    public ContainerRuntime containerRuntime() {
        return containers.runtime();
    }

    @Override
    public Outcome ensureBucket(UUID tenant, String name) {
        return new Outcome.Done(
                Map.of("bucket", name, "runtime", "simulated: the local driver has no object storage"), Map.of(), true);
    }

    @Override
    public Outcome removeBucket(UUID tenant, String name) {
        return new Outcome.Done(Map.of("bucket", name, "runtime", "simulated"), Map.of(), true);
    }
}
