package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// The apps that a tenant runs, as the operations that deployed them say; carried along by operations on the tenant as
/// a whole.
public record Apps(List<Operation> deployed) {

    public Apps {
        deployed = List.copyOf(deployed);
    }

    /// @param deployments operations of the kind `deploy-stack`
    /// @param releases operations of the kind `release`
    public static Apps of(List<Operation> deployments, List<Operation> releases) {
        var gone = new HashSet<String>();
        for (var rollback : releases)
            if (rollback.state() == Operation.State.DONE)
                rollback.facts().find("released").ifPresent(gone::add);
        return new Apps(deployments.stream()
                .filter(operation -> !gone.contains(operation.id().toString()))
                .toList());
    }

    /// Of the tenant, as far as the current database scope sees.
    public static Apps of(Operations operations, UUID tenant) {
        return of(operations.ofKind(tenant, DeployStack.KIND), operations.ofKind(tenant, Operations.ROLLBACK));
    }

    /// Apps whose deployment failed: half of them is there.
    public List<String> halfBuilt() {
        return deployed.stream()
                .filter(operation -> operation.state() != Operation.State.DONE)
                .map(operation -> operation.facts().get("app"))
                .toList();
    }

    Map<String, String> facts() {
        var facts = new HashMap<String, String>();
        facts.put("apps", Integer.toString(deployed.size()));
        for (int i = 0; i < deployed.size(); i++) {
            facts.put("app." + i, deployed.get(i).facts().get("app"));
            facts.put("app." + i + ".stack", deployed.get(i).facts().get("stack"));
            var databases = "app." + i + "." + DeployStack.DATABASES;
            deployed.get(i).facts().find(DeployStack.DATABASES).ifPresent(names -> facts.put(databases, names));
        }
        return facts;
    }

    /// What was asked for when each app was deployed.
    static List<Facts> asked(Facts facts) {
        return IntStream.range(0, Integer.parseInt(facts.get("apps")))
                .mapToObj(i -> Facts.of(Map.of(
                                "tenant", facts.get("tenant"),
                                "slug", facts.get("slug"),
                                "app", facts.get("app." + i),
                                "stack", facts.get("app." + i + ".stack")))
                        .plus(facts.find("app." + i + "." + DeployStack.DATABASES)
                                .map(names -> Map.of(DeployStack.DATABASES, names))
                                .orElse(Map.of())))
                .toList();
    }
}
