package io.autostack.provisioning.plans;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Promise;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Cloud.ContainerWanted;
import io.autostack.provisioning.cloud.Cloud.DatabaseWanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Deploying an approved stack for a tenant: databases and their secrets first, then containers.
@ApplicationScoped
public class DeployStack implements OperationKind {

    public static final String KIND = "deploy-stack";

    private final Cloud cloud;
    private final ObjectMapper json;

    @Inject
    DeployStack(Cloud cloud, ObjectMapper json) {
        this.cloud = cloud;
        this.json = json;
    }

    /// The components in the form in which facts are kept.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Stack(List<StackComponent.Database> databases, List<StackComponent.Container> containers) {
        Stack {
            databases = databases == null ? List.of() : List.copyOf(databases);
            containers = containers == null ? List.of() : List.copyOf(containers);
        }
    }

    /// @param deployment the deployment's id, which the owner finds again in the facts
    public Promise promise(
            UUID tenant,
            String tenantSlug,
            UUID deployment,
            String app,
            List<StackComponent> components,
            String requestedBy) {
        var databases = new ArrayList<StackComponent.Database>();
        var containers = new ArrayList<StackComponent.Container>();
        for (var component : components)
            switch (component) {
                case StackComponent.Database database -> databases.add(database);
                case StackComponent.Container container -> containers.add(container);
            }
        return new Promise(
                KIND,
                tenant,
                KIND + ":" + deployment,
                Facts.of(Map.of(
                        "tenant",
                        tenant.toString(),
                        "slug",
                        tenantSlug,
                        "deployment",
                        deployment.toString(),
                        "app",
                        app,
                        "stack",
                        text(new Stack(databases, containers)),
                        "requestedBy",
                        requestedBy)));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public List<Step> steps(Facts asked) {
        var stack = stack(asked);
        var steps = new ArrayList<Step>();
        for (var database : stack.databases()) {
            steps.add(new Step(
                    "secret:" + database.name(),
                    "Generate credentials for “" + database.name() + "” and seal them",
                    facts -> ensureSecret(facts, database)));
            steps.add(new Step(
                    "database:" + database.name(),
                    "Create the database “" + database.name() + "”",
                    facts -> cloud.ensureDatabase(wanted(facts, database.name()))));
        }
        for (var container : stack.containers())
            steps.add(new Step(
                    "container:" + container.name(),
                    "Start the container “" + container.name() + "”",
                    facts -> cloud.ensureContainer(wanted(facts, container))));
        return steps;
    }

    private Outcome ensureSecret(Facts facts, StackComponent.Database database) {
        var wanted = wanted(facts, database.name());
        return cloud.ensureSecret(
                wanted.tenant(), wanted.secret(), Map.of("username", wanted.name(), "password", Passwords.next()));
    }

    private static DatabaseWanted wanted(Facts facts, String component) {
        var slug = facts.get("slug");
        var app = facts.get("app");
        return new DatabaseWanted(
                UUID.fromString(facts.get("tenant")),
                Names.appDatabase(slug, app),
                Names.appSecret(slug, app, component),
                false);
    }

    private static ContainerWanted wanted(Facts facts, StackComponent.Container container) {
        var database = container.database().map(component -> wanted(facts, component));
        return new ContainerWanted(
                UUID.fromString(facts.get("tenant")),
                Names.container(facts.get("slug"), facts.get("app"), container.name()),
                container.image(),
                container.command(),
                container.vcpu(),
                container.memoryMb(),
                container.port(),
                container.healthPath(),
                container.environment(),
                database.map(DatabaseWanted::name),
                database.map(DatabaseWanted::secret));
    }

    private Stack stack(Facts facts) {
        try {
            return json.readValue(facts.get("stack"), Stack.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("the stack to deploy cannot be read", notOurs);
        }
    }

    private String text(Stack stack) {
        try {
            return json.writeValueAsString(stack);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a stack is always JSON", impossible);
        }
    }
}
