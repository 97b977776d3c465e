package io.autostack.provisioning.plans;

import static java.util.Objects.requireNonNull;

import io.autostack.provisioning.Billable;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SecretMember;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Deploying an approved stack for a tenant: secrets, then databases, then buckets, then containers.
@ApplicationScoped
public class DeployStack implements OperationKind<DeployStack.Request> {

    public static final String KIND = "deploy-stack";

    private static final Duration READY = Duration.ofMinutes(15);

    private final Cloud cloud;

    @Inject
    DeployStack(Cloud cloud) {
        this.cloud = cloud;
    }

    /// The parts of a stack in the order in which they are built.
    public record Stack(
            List<StackComponent.Secret> secrets,
            List<StackComponent.Database> databases,
            List<StackComponent.Bucket> buckets,
            List<StackComponent.Container> containers) {

        public Stack {
            secrets = List.copyOf(secrets);
            databases = List.copyOf(databases);
            buckets = List.copyOf(buckets);
            containers = List.copyOf(containers);
        }
    }

    /// An app as it was deployed, which operations on the tenant as a whole carry along.
    ///
    /// @param databases name on the server of each database of the stack
    public record App(String name, Stack stack, Map<String, String> databases) {

        public App {
            databases = Map.copyOf(databases);
            for (var database : stack.databases())
                if (!databases.containsKey(database.name()))
                    throw new IllegalArgumentException("the database " + database.name() + " of an app has no name");
        }
    }

    /// @param deployment its id
    public record Request(Subject subject, UUID deployment, App app) implements TenantRequest {

        /// @param app its short name
        public Request(Subject subject, UUID deployment, String app, Stack stack) {
            this(subject, deployment, new App(app, stack, databases(subject, deployment, stack)));
        }

        @Override
        public UUID change() {
            return deployment;
        }

        @Override
        public String about() {
            return app.name();
        }

        private static Map<String, String> databases(Subject subject, UUID deployment, Stack stack) {
            var begin = Names.appDatabases(subject.database(), deployment);
            var names = new HashMap<String, String>();
            for (var database : stack.databases())
                names.put(database.name(), Names.appDatabase(begin, names.size() + 1));
            return names;
        }
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Deploy " + request.app().name() + " for " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return false;
    }

    @Override
    public List<Step> steps(Request request) {
        return steps(request.subject(), request.app());
    }

    /// The steps that build an app for a tenant.
    List<Step> steps(Subject subject, App app) {
        var place = new Place(subject, app);
        var stack = app.stack();
        var steps = new ArrayList<Step>();
        for (var secret : stack.secrets())
            steps.add(new Step(
                            "secret:" + secret.name(),
                            "Generate the secret “" + secret.name() + "” and seal it",
                            () -> cloud.ensureSecret(
                                    subject.tenant(), place.secret(secret.name()), values(place, secret)))
                    .compensatedBy(() -> cloud.removeSecret(subject.tenant(), place.secret(secret.name())))
                    .billedAs(new Billable.SecretEntry()));
        for (var database : stack.databases())
            steps.add(new Step(
                            "database:" + database.name(),
                            "Create the database “" + database.name() + "” with an owner role of its own",
                            () -> cloud.ensureDatabase(place.desired(database)))
                    .compensatedBy(() -> cloud.removeDatabase(place.desired(database)))
                    .billedAs(new Billable.DatabaseSpace()));
        for (var bucket : stack.buckets())
            steps.add(new Step(
                            "bucket:" + bucket.name(),
                            "Create the bucket “" + bucket.name() + "”",
                            () -> cloud.ensureBucket(subject.tenant(), place.container(bucket.name())))
                    .compensatedBy(() -> cloud.removeBucket(subject.tenant(), place.container(bucket.name()))));
        for (var container : stack.containers())
            steps.add(new Step(
                            "container:" + container.name(),
                            "Start the container “" + container.name() + "”",
                            () -> cloud.ensureContainer(place.desired(container)))
                    .compensatedBy(() -> cloud.removeContainer(subject.tenant(), place.container(container.name())))
                    .within(READY)
                    .billedAs(new Billable.RunningContainers(
                            container.replicas().min(), container.vcpu(), container.memoryMb())));
        return steps;
    }

    /// The databases of a stack, as its steps make them.
    static List<HeldDatabase> databases(Subject subject, App app) {
        var place = new Place(subject, app);
        return app.stack().databases().stream()
                .map(database -> new HeldDatabase(place.desired(database), Names.appLabel(app.name(), database.name())))
                .toList();
    }

    /// Credentials of a database carry the role's name; everything else is random.
    private static Map<String, String> values(Place place, StackComponent.Secret secret) {
        var values = new HashMap<String, String>();
        for (var member : secret.members()) values.put(member, Passwords.next());
        for (var database : place.app().stack().databases())
            if (database.credentials().equals(secret.name())) values.put("username", place.database(database));
        return values;
    }

    /// Where the stack goes, and what its parts are called there.
    private record Place(Subject subject, App app) {

        String secret(String component) {
            return Names.appSecret(subject.slug(), app.name(), component);
        }

        String database(StackComponent.Database component) {
            return requireNonNull(app.databases().get(component.name()));
        }

        String container(String component) {
            return Names.container(subject.slug(), app.name(), component);
        }

        DatabaseSpec desired(StackComponent.Database database) {
            return new DatabaseSpec(
                    subject.tenant(),
                    database(database),
                    secret(database.credentials()),
                    false,
                    Placement.SHARED,
                    subject.server());
        }

        ContainerSpec desired(StackComponent.Container container) {
            var byName = app.stack().databases().stream()
                    .collect(Collectors.toMap(StackComponent.Database::name, this::desired));
            var secrets = new HashMap<String, SecretMember>();
            container
                    .secrets()
                    .forEach((variable, from) ->
                            secrets.put(variable, new SecretMember(secret(from.getFirst()), from.getLast())));
            var databases = new HashMap<String, DatabaseSpec>();
            container.databases().forEach((variable, name) -> databases.put(variable, byName.get(name)));
            return new ContainerSpec(
                    subject.tenant(),
                    container(container.name()),
                    container.image(),
                    container.command(),
                    container.vcpu(),
                    container.memoryMb(),
                    container.replicas(),
                    container.port(),
                    container.healthPath().orElse(null),
                    container.environment(),
                    secrets,
                    databases);
        }
    }
}
