package io.autostack.provisioning.plans;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Billable;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.SecretMember;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Deploying an approved stack for a tenant: secrets, then databases, then buckets, then containers.
@ApplicationScoped
public class DeployStack implements OperationKind {

    public static final String KIND = "deploy-stack";

    /// Asked: what the names of the app's databases begin with. Deployments of before do not say it.
    static final String DATABASES = "databases";

    private static final Duration READY = Duration.ofMinutes(15);

    private final Cloud cloud;
    private final ObjectMapper json;

    @Inject
    DeployStack(Cloud cloud, ObjectMapper json) {
        this.cloud = cloud;
        this.json = json;
    }

    /// The parts of a stack in the order in which they are built.
    public record Stack(
            List<StackComponent.Secret> secrets,
            List<StackComponent.Database> databases,
            List<StackComponent.Bucket> buckets,
            List<StackComponent.Container> containers) {}

    /// @param deployment the deployment's id, which the owner finds again in the facts
    public OperationRequest request(Subject subject, UUID deployment, String app, Stack stack) {
        return new OperationRequest(
                KIND,
                subject.tenant(),
                KIND + ":" + deployment,
                Facts.of(Map.of(
                        "tenant",
                        subject.tenant().toString(),
                        "slug",
                        subject.slug(),
                        "deployment",
                        deployment.toString(),
                        "app",
                        app,
                        "stack",
                        text(stack),
                        DATABASES,
                        Names.appDatabases(subject.database(), deployment),
                        "requestedBy",
                        subject.requestedBy())));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Deploy " + asked.get("app") + " for " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var place = place(asked);
        var stack = place.stack();
        var steps = new ArrayList<Step>();
        for (var secret : stack.secrets())
            steps.add(new Step(
                            "secret:" + secret.name(),
                            "Generate the secret “" + secret.name() + "” and seal it",
                            facts -> cloud.ensureSecret(
                                    place.tenant(), place.secret(secret.name()), values(place, secret)))
                    .compensatedBy(facts -> cloud.removeSecret(place.tenant(), place.secret(secret.name())))
                    .billedAs(new Billable.SecretEntry()));
        for (var database : stack.databases())
            steps.add(new Step(
                            "database:" + database.name(),
                            "Create the database “" + database.name() + "” with an owner role of its own",
                            facts -> cloud.ensureDatabase(place.desired(database)))
                    .compensatedBy(facts -> cloud.removeDatabase(place.desired(database)))
                    .billedAs(new Billable.DatabaseSpace()));
        for (var bucket : stack.buckets())
            steps.add(new Step(
                            "bucket:" + bucket.name(),
                            "Create the bucket “" + bucket.name() + "”",
                            facts -> cloud.ensureBucket(place.tenant(), place.container(bucket.name())))
                    .compensatedBy(facts -> cloud.removeBucket(place.tenant(), place.container(bucket.name()))));
        for (var container : stack.containers())
            steps.add(new Step(
                            "container:" + container.name(),
                            "Start the container “" + container.name() + "”",
                            facts -> cloud.ensureContainer(place.desired(container)))
                    .compensatedBy(facts -> cloud.removeContainer(place.tenant(), place.container(container.name())))
                    .within(READY)
                    .billedAs(new Billable.RunningContainer(container.vcpu(), container.memoryMb())));
        return steps;
    }

    /// The databases of a stack, as its steps make them.
    List<HeldDatabase> databases(Facts asked) {
        var place = place(asked);
        return place.stack().databases().stream()
                .map(database ->
                        new HeldDatabase(place.desired(database), Names.appLabel(place.app(), database.name())))
                .toList();
    }

    /// Credentials of a database carry the role's name; everything else is random.
    private static Map<String, String> values(Place place, StackComponent.Secret secret) {
        var values = new HashMap<String, String>();
        for (var member : secret.members()) values.put(member, Passwords.next());
        for (var database : place.stack().databases())
            if (database.credentials().equals(secret.name())) values.put("username", place.database(database));
        return values;
    }

    /// Where the stack goes, and what its parts are called there.
    ///
    /// @param databases what the names of its databases begin with; empty when they are made from slugs
    private record Place(UUID tenant, String slug, String app, Optional<String> databases, Stack stack) {

        String secret(String component) {
            return Names.appSecret(slug, app, component);
        }

        String database(StackComponent.Database component) {
            return databases
                    .map(begin -> Names.appDatabase(begin, stack.databases().indexOf(component) + 1))
                    .orElseGet(() -> Names.earlierAppDatabase(slug, app, component.name()));
        }

        String container(String component) {
            return Names.container(slug, app, component);
        }

        DatabaseSpec desired(StackComponent.Database database) {
            return new DatabaseSpec(tenant, database(database), secret(database.credentials()), false);
        }

        ContainerSpec desired(StackComponent.Container container) {
            var byName =
                    stack.databases().stream().collect(Collectors.toMap(StackComponent.Database::name, this::desired));
            var secrets = new HashMap<String, SecretMember>();
            container
                    .secrets()
                    .forEach((variable, from) ->
                            secrets.put(variable, new SecretMember(secret(from.getFirst()), from.getLast())));
            var databases = new HashMap<String, DatabaseSpec>();
            container.databases().forEach((variable, name) -> databases.put(variable, byName.get(name)));
            return new ContainerSpec(
                    tenant,
                    container(container.name()),
                    container.image(),
                    container.command(),
                    container.vcpu(),
                    container.memoryMb(),
                    container.port(),
                    container.healthPath(),
                    container.environment(),
                    secrets,
                    databases);
        }
    }

    private Place place(Facts asked) {
        return new Place(
                UUID.fromString(asked.get("tenant")),
                asked.get("slug"),
                asked.get("app"),
                asked.find(DATABASES),
                stack(asked));
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
