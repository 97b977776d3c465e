package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/// The calls to ECS about services and their tasks.
@ApplicationScoped
class EcsServices {

    static final String ACTIVE = "ACTIVE";
    static final String DRAINING = "DRAINING";

    /// As many as one call takes.
    private static final int TOGETHER = 10;

    private static final int HEALTH_GRACE_SECONDS = 120;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final AwsClients clients;
    private final AwsSettings settings;
    private final ResourceTags tags;

    @Inject
    EcsServices(AwsClients clients, AwsSettings settings, ResourceTags tags) {
        this.clients = clients;
        this.settings = settings;
        this.tags = tags;
    }

    /// Empty also for one that is gone but still remembered.
    Optional<Service> find(String name) {
        return described(List.of(name)).stream().findFirst();
    }

    private List<Service> described(List<String> names) {
        return AwsRefusal.call(
                AwsCall.DESCRIBE_SERVICES,
                () -> clients
                        .ecs()
                        .describeServices(request -> request.cluster(settings.environment())
                                .services(names)
                                .include(ServiceField.TAGS))
                        .services()
                        .stream()
                        .filter(service -> ACTIVE.equals(service.status()) || DRAINING.equals(service.status()))
                        .toList());
    }

    boolean isOf(Optional<UUID> tenant, Service service) {
        return tags.areOf(tenant, tagsOf(service));
    }

    /// Names of all tenants' services, with whose they are.
    Map<String, UUID> all() {
        if (!settings.missingForContainers().isEmpty()) return Map.of();
        var arns =
                AwsRefusal.call(
                        AwsCall.LIST_SERVICES,
                        () -> clients
                                .ecs()
                                .listServicesPaginator(request -> request.cluster(settings.environment()))
                                .serviceArns()
                                .stream()
                                .toList());
        var found = new HashMap<String, UUID>();
        IntStream.iterate(0, from -> from < arns.size(), from -> from + TOGETHER)
                .mapToObj(from -> arns.subList(from, Math.min(arns.size(), from + TOGETHER)))
                .flatMap(some -> described(some).stream())
                .forEach(service ->
                        tags.tenant(tagsOf(service)).ifPresent(tenant -> found.put(service.serviceName(), tenant)));
        return found;
    }

    private static Map<String, String> tagsOf(Service service) {
        return service.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other));
    }

    /// @param patient whether what ECS refuses for a moment only is waited for
    /// @throws OutcomeException it cannot be made yet
    Service create(ServiceSpec spec, String definition, Optional<String> targetGroup, boolean patient) {
        return AwsRefusal.call(AwsCall.CREATE_SERVICE, () -> {
            try {
                return clients.ecs()
                        .createService(request(spec, definition, targetGroup))
                        .service();
            } catch (InvalidParameterException e) {
                throw patient ? later(spec, e) : e;
            }
        });
    }

    /// A name is free only when the service that had it is gone, a target group is fit only when its rule has spread,
    /// and an answer that was lost looks like a second call with another wish.
    private RuntimeException later(ServiceSpec spec, InvalidParameterException e) {
        var said = AwsRefusal.words(e);
        if (said.contains("Draining"))
            return new OutcomeException(
                    new Outcome.NotYet("ECS to end the service " + spec.name() + " that was there before", SOON));
        if (said.contains("does not have an associated load balancer"))
            return new OutcomeException(new Outcome.NotYet("the load balancer to know the target group", SOON));
        if (said.contains("not idempotent"))
            return new OutcomeException(new Outcome.NotYet("ECS to show the service " + spec.name(), SOON));
        return e;
    }

    private CreateServiceRequest request(ServiceSpec spec, String definition, Optional<String> targetGroup) {
        var request = CreateServiceRequest.builder()
                .cluster(settings.environment())
                .serviceName(spec.name())
                .clientToken(spec.fingerprint().substring(0, 32))
                .taskDefinition(definition)
                .desiredCount(spec.replicas().min())
                .launchType(LaunchType.FARGATE)
                .enableECSManagedTags(true)
                .propagateTags(PropagateTags.SERVICE)
                .tags(TaskDefinitions.tags(spec.tags()))
                .deploymentConfiguration(deployment -> deployment
                        .minimumHealthyPercent(100)
                        .maximumPercent(200)
                        .deploymentCircuitBreaker(
                                breaker -> breaker.enable(true).rollback(spec.rollBack())))
                .networkConfiguration(network -> network.awsvpcConfiguration(own -> own.subnets(settings.subnets())
                        .securityGroups(settings.taskSecurityGroups())
                        .assignPublicIp(AssignPublicIp.DISABLED)));
        targetGroup.ifPresent(group -> request.healthCheckGracePeriodSeconds(HEALTH_GRACE_SECONDS)
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName(spec.name())
                        .containerPort(spec.port())
                        .build()));
        return request.build();
    }

    /// How many tasks run is left to autoscaling, unless there are none.
    ///
    /// @param force whether tasks are replaced though nothing about them has changed
    Service update(ServiceSpec spec, Service found, String definition, boolean force) {
        return AwsRefusal.call(
                AwsCall.UPDATE_SERVICE,
                () -> clients.ecs()
                        .updateService(request -> request.cluster(settings.environment())
                                .service(spec.name())
                                .taskDefinition(definition)
                                .forceNewDeployment(force)
                                .desiredCount(Math.max(
                                        found.desiredCount(), spec.replicas().min())))
                        .service());
    }

    /// It costs nothing any more and can be looked at.
    void scaleToZero(String name) {
        AwsRefusal.call(
                AwsCall.UPDATE_SERVICE,
                () -> clients.ecs()
                        .updateService(request -> request.cluster(settings.environment())
                                .service(name)
                                .desiredCount(0)));
    }

    /// @throws OutcomeException it is still on its way out
    void delete(String name) {
        var found = find(name);
        if (found.isEmpty()) return;
        if (ACTIVE.equals(found.get().status()))
            AwsRefusal.call(AwsCall.DELETE_SERVICE, () -> {
                try {
                    clients.ecs()
                            .deleteService(request -> request.cluster(settings.environment())
                                    .service(name)
                                    .force(true));
                } catch (ServiceNotFoundException | ServiceNotActiveException _) {
                    return false;
                }
                return true;
            });
        if (find(name).isPresent())
            throw new OutcomeException(new Outcome.NotYet("ECS to end the tasks of " + name, SOON));
    }

    /// Why the task that ended last did; empty when nobody knows.
    String lastFailure(String name) {
        var arns = AwsRefusal.call(AwsCall.LIST_TASKS, () -> {
            try {
                return clients.ecs()
                        .listTasks(request -> request.cluster(settings.environment())
                                .serviceName(name)
                                .desiredStatus(DesiredStatus.STOPPED)
                                .maxResults(TOGETHER))
                        .taskArns();
            } catch (ClientException _) {
                return new ArrayList<String>();
            }
        });
        if (arns.isEmpty()) return "";
        return AwsRefusal.call(
                AwsCall.DESCRIBE_TASKS,
                () ->
                        clients
                                .ecs()
                                .describeTasks(request ->
                                        request.cluster(settings.environment()).tasks(arns))
                                .tasks()
                                .stream()
                                .max(Comparator.comparing(
                                        Task::stoppedAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                                .map(TaskFailure::words)
                                .orElse(""));
    }
}
