package io.autostack.provisioning.plans;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Rollback;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The apps that a tenant runs, as the operations that deployed them say.
public record Apps(List<Operation> deployed) {

    public Apps {
        deployed = List.copyOf(deployed);
    }

    /// @param deployments operations of the kind `deploy-stack`
    /// @param releases operations of the kind `release`
    public static Apps of(List<Operation> deployments, List<Operation> releases) {
        var gone = releases.stream()
                .filter(release -> release.state() == Operation.State.DONE)
                .flatMap(release -> release.find(Rollback.class).stream())
                .map(Rollback::operation)
                .collect(Collectors.toSet());
        return new Apps(deployments.stream()
                .filter(operation -> !gone.contains(operation.id()))
                .toList());
    }

    /// Of the tenant, as far as the current database scope sees.
    public static Apps of(Operations operations, UUID tenant) {
        return of(operations.ofKind(tenant, DeployStack.KIND), operations.ofKind(tenant, Operations.ROLLBACK));
    }

    /// Names of apps whose deployment failed: half of them is there. One of which nobody can read what it is counts as
    /// well, by its title.
    public List<String> halfBuilt() {
        return deployed.stream()
                .filter(operation -> operation.state() != Operation.State.DONE
                        || app(operation).isEmpty())
                .map(operation -> app(operation).map(DeployStack.App::name).orElse(operation.title()))
                .toList();
    }

    /// All that can be read, as they were deployed.
    public List<DeployStack.App> all() {
        return deployed.stream().flatMap(operation -> app(operation).stream()).toList();
    }

    private static Optional<DeployStack.App> app(Operation deployment) {
        return deployment.find(DeployStack.Request.class).map(DeployStack.Request::app);
    }
}
