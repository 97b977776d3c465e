package io.autostack.faults;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.StackComponent;
import io.autostack.testing.aws.AwsPlatform;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.ecs.model.Service;

/// A tenant's app with one container, on AWS.
final class ShopOnAws {

    static final String IMAGE = "registry.example.com/shop:1";
    static final String BROKEN = "registry.example.com/broken:1";

    private ShopOnAws() {}

    /// A tenant that has none yet.
    static Tenant opened(Stage stage) {
        var tenant = Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        return tenant;
    }

    static Operation deployed(Stage stage, Tenant tenant, DeployStack.Stack stack) {
        return stage.done(stage.enqueue(request(tenant, stack)));
    }

    static DeployStack.Request request(Tenant tenant, DeployStack.Stack stack) {
        return new DeployStack.Request(
                tenant.subject(),
                UUID.randomUUID(),
                new DeployStack.App(
                        "shop",
                        stack,
                        stack.databases().isEmpty()
                                ? Map.of()
                                : Map.of("database", tenant.subject().database() + "__a1")));
    }

    static DeployStack.Stack stack(String image, Replicas replicas) {
        return new DeployStack.Stack(
                List.of(new StackComponent.Secret("credentials", List.of("password"))),
                List.of(new StackComponent.Database("database", "credentials")),
                List.of(),
                List.of(container(image, replicas, Map.of("DATABASE_URL", "database"))));
    }

    static DeployStack.Stack withoutDatabase(String image) {
        return new DeployStack.Stack(
                List.of(new StackComponent.Secret("credentials", List.of("password"))),
                List.of(),
                List.of(),
                List.of(container(image, Replicas.ONE, Map.of())));
    }

    private static StackComponent.Container container(String image, Replicas replicas, Map<String, String> databases) {
        return new StackComponent.Container(
                "web",
                image,
                List.of(),
                new BigDecimal("0.5"),
                1000,
                replicas,
                3000,
                Optional.of("/ready"),
                Map.of(),
                Map.of("PASSWORD", List.of("credentials", "password")),
                databases);
    }

    static Optional<Service> service(Tenant tenant) {
        return AwsPlatform.account().service(name(tenant));
    }

    static String name(Tenant tenant) {
        return "autostack-" + tenant.slug() + "--shop--web";
    }

    static String host(Tenant tenant) {
        return tenant.slug() + "--shop--web.localhost";
    }
}
