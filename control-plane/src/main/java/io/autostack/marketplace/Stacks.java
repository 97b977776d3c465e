package io.autostack.marketplace;

import io.autostack.costs.Infrastructure;
import io.autostack.costs.LowHigh;
import io.autostack.plugin.Component;
import io.autostack.plugin.Range;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.Value;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.StackComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// From a plugin's plan to what it costs and to what is built. Pure.
final class Stacks {

    private static final BigDecimal MB_PER_GB = BigDecimal.valueOf(1024);

    private Stacks() {}

    /// What decides the price. Traffic through the platform's shared balancer is not charged to an app.
    static List<Infrastructure> priced(StackPlan plan) {
        var parts = new ArrayList<Infrastructure>();
        for (var component : plan.components())
            parts.add(
                    switch (component) {
                        case Component.Database database ->
                            switch (database.placement()) {
                                case Component.Database.Placement.TenantServer() ->
                                    new Infrastructure.DatabaseSpace(
                                            database.name(), false, BigDecimal.valueOf(database.storageGb()));
                                case Component.Database.Placement.OwnServer own ->
                                    new Infrastructure.DatabaseServers(
                                            database.name(),
                                            1,
                                            own.sizeClass(),
                                            own.multiAz(),
                                            BigDecimal.valueOf(database.storageGb()));
                            };
                        case Component.Container container ->
                            new Infrastructure.Containers(
                                    container.name(),
                                    LowHigh.of(
                                            container.replicas().min(),
                                            container.replicas().max()),
                                    container.size().vcpu(),
                                    container.size().memoryGb());
                        case Component.Secret secret -> new Infrastructure.Secrets(secret.name(), 1);
                        case Component.ObjectStorage storage ->
                            new Infrastructure.ObjectStorage(
                                    storage.name(), range(storage.gb()), range(storage.requestsThousand()));
                        case Component.Egress egress -> new Infrastructure.Egress(egress.name(), range(egress.gb()));
                        case Component.Logs logs -> new Infrastructure.Logs(logs.name(), range(logs.gb()));
                    });
        return parts;
    }

    /// What is built. Logs and traffic are only priced.
    static DeployStack.Stack built(StackPlan plan) {
        var secrets = new ArrayList<StackComponent.Secret>();
        var databases = new ArrayList<StackComponent.Database>();
        var buckets = new ArrayList<StackComponent.Bucket>();
        var containers = new ArrayList<StackComponent.Container>();
        for (var component : plan.components())
            switch (component) {
                case Component.Secret secret -> secrets.add(new StackComponent.Secret(secret.name(), secret.fields()));
                case Component.Database database ->
                    databases.add(new StackComponent.Database(database.name(), database.credentials()));
                case Component.ObjectStorage storage -> buckets.add(new StackComponent.Bucket(storage.name()));
                case Component.Container container -> containers.add(container(container));
                case Component.Egress egress -> {}
                case Component.Logs logs -> {}
            }
        return new DeployStack.Stack(secrets, databases, buckets, containers);
    }

    private static StackComponent.Container container(Component.Container container) {
        var literals = new HashMap<String, String>();
        var secrets = new HashMap<String, List<String>>();
        var databases = new HashMap<String, String>();
        container.environment().forEach((variable, value) -> {
            switch (value) {
                case Value.Literal literal -> literals.put(variable, literal.text());
                case Value.SecretRef from -> secrets.put(variable, List.of(from.secret(), from.field()));
                case Value.DatabaseUrl from -> databases.put(variable, from.database());
            }
        });
        var endpoint = container.endpoint();
        return new StackComponent.Container(
                container.name(),
                container.image(),
                container.command(),
                container.size().vcpu(),
                container.size().memoryGb().multiply(MB_PER_GB).intValue(),
                new Replicas(container.replicas().min(), container.replicas().max()),
                endpoint == null ? 0 : endpoint.port(),
                endpoint == null ? Optional.empty() : Optional.ofNullable(endpoint.healthPath()),
                literals,
                secrets,
                databases);
    }

    private static LowHigh range(Range range) {
        return new LowHigh(range.low(), range.high());
    }
}
