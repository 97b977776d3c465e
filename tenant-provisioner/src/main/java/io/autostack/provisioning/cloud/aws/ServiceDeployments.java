package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.aws.ServiceRegister.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/// A service with everything that belongs to it: log group, target group, rule, task definition, scaling. Begun in this
/// order, judged by the deployment that was begun, taken away in the opposite one.
@ApplicationScoped
class ServiceDeployments {

    private static final Logger LOG = Logger.getLogger(ServiceDeployments.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final ServiceRegister register;
    private final EcsServices services;
    private final TaskDefinitions definitions;
    private final TargetGroups groups;
    private final ListenerRules rules;
    private final LogGroups logs;
    private final ServiceScaling scaling;

    @Inject
    ServiceDeployments(
            ServiceRegister register,
            EcsServices services,
            TaskDefinitions definitions,
            TargetGroups groups,
            ListenerRules rules,
            LogGroups logs,
            ServiceScaling scaling) {
        this.register = register;
        this.services = services;
        this.definitions = definitions;
        this.groups = groups;
        this.rules = rules;
        this.logs = logs;
        this.scaling = scaling;
    }

    Outcome ensure(ServiceSpec spec) {
        var asked = register.ask(spec);
        if (asked.isEmpty())
            return new Outcome.Failed("A service called " + spec.name() + " is another tenant's. Choose another name.");
        var row = asked.get();
        if (row.state() == State.DEPLOYING && row.deployment().isPresent())
            return judged(spec, row, row.deployment().get());
        return begun(spec, row);
    }

    private Outcome begun(ServiceSpec spec, ServiceRegister.Row row) {
        logs.ensure(spec.logGroup(), spec.tags(), spec.tenant().isPresent());
        var group = spec.host().map(host -> {
            var made = groups.ensure(spec);
            rules.ensure(spec, host, made);
            return made;
        });
        var definition = definitions.ensure(spec);
        var found = services.find(spec.name());
        if (found.isPresent() && !services.isOf(spec.tenant(), found.get()))
            return new Outcome.Failed("A service called " + spec.name()
                    + " exists in the cluster and does not carry our tags. Remove or rename it, then retry.");
        if (found.filter(service -> EcsServices.DRAINING.equals(service.status()))
                .isPresent()) return new Outcome.NotYet("ECS to end what ran before under this name", LOOK_AGAIN);
        var service = found.map(there -> isAsWanted(spec, there, definition)
                        ? there
                        : services.update(spec, there, definition, gaveUp(there)))
                .orElseGet(() -> services.create(spec, definition, group, !row.longAsked()));
        if (spec.replicas().scales()) scale(spec, number(service.desiredCount()));
        var deployment = primary(service);
        if (deployment.isEmpty())
            return new Outcome.NotYet("ECS to begin the deployment of " + spec.name(), LOOK_AGAIN);
        register.deploying(spec.name(), deployment.get().id());
        var begun = deployment.get().id();
        return judged(spec, row.deploying(begun), begun);
    }

    /// Whoever looks after what all tenants share tries again in a minute, and no tenant is kept out for it.
    private void scale(ServiceSpec spec, int now) {
        try {
            scaling.ensure(spec.name(), spec.replicas(), now);
        } catch (OutcomeException e) {
            if (spec.tenant().isPresent()) throw e;
            LOG.warnf("%s is not scaled: %s", spec.name(), e.getMessage());
        }
    }

    private static boolean isAsWanted(ServiceSpec spec, Service found, String definition) {
        return definition.equals(found.taskDefinition())
                && number(found.desiredCount()) >= spec.replicas().min()
                && !gaveUp(found);
    }

    /// Nothing of it is tried any more, so the same definition has to be deployed anew.
    private static boolean gaveUp(Service found) {
        return number(found.desiredCount()) == 0
                || primary(found)
                        .filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.FAILED)
                        .isPresent();
    }

    private static Optional<Deployment> primary(Service service) {
        return service.deployments().stream()
                .filter(deployment -> "PRIMARY".equals(deployment.status()))
                .findFirst();
    }

    private Outcome judged(ServiceSpec spec, ServiceRegister.Row row, String deployment) {
        var found = services.find(spec.name());
        if (found.isEmpty()) {
            register.lost(spec.name());
            return new Outcome.NotYet("ECS to show the service " + spec.name(), LOOK_AGAIN);
        }
        return switch (Rollout.of(found.get().deployments(), deployment)) {
            case Rollout.Completed(var running) -> done(spec, found.get(), deployment, running);
            case Rollout.UnderWay(var words)
            when !row.overdue() -> new Outcome.NotYet("the tasks of " + spec.name() + ": " + words, LOOK_AGAIN);
            case Rollout.UnderWay(var words) -> failed(spec, row, "Its tasks did not come up in time: " + words + ".");
            case Rollout.Failed(var words) -> failed(spec, row, words);
        };
    }

    private Outcome done(ServiceSpec spec, Service service, String deployment, int running) {
        register.running(spec.name());
        var evidence = new TreeMap<>(Map.of(
                "service", spec.name(),
                "deployment", deployment,
                "task definition", service.taskDefinition().replaceFirst("^.*/", ""),
                "image", spec.image(),
                "size of a task", spec.size().words(),
                "tasks",
                        running + " of " + spec.replicas().min() + " to "
                                + spec.replicas().max(),
                "log group", spec.logGroup()));
        return Outcome.done(evidence);
    }

    /// The first one ever has nothing to go back to, and would be tried for ever.
    private Outcome failed(ServiceSpec spec, ServiceRegister.Row row, String why) {
        var reason = services.lastFailure(spec.name());
        if (!row.everRan()) services.scaleToZero(spec.name());
        register.failed(spec.name());
        return new Outcome.Failed(Stream.of(
                        "The service " + spec.name() + " did not come up. " + why,
                        reason,
                        row.everRan()
                                ? "What ran before goes on."
                                : "Nothing ran before, so no task of it is started any more.",
                        "Its log is in the group " + spec.logGroup() + ". Put that right, then retry.")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" ")));
    }

    /// Whether just this was tried within the last hour and did not come up.
    boolean failedLately(ServiceSpec spec) {
        return register.failedLately(spec);
    }

    /// Whether there is something that runs, whatever becomes of what was asked for last.
    boolean everRan(String name) {
        return register.everRan(name);
    }

    /// @param host of which requests led to it
    Outcome remove(UUID tenant, String name, Optional<String> host, String logGroup) {
        var owner = Optional.of(tenant);
        var found = services.find(name);
        if (found.isPresent() && !services.isOf(owner, found.get())) return LeftAlone.one("service", name);
        host.ifPresent(led -> rules.remove(owner, led));
        scaling.remove(name);
        services.delete(name);
        groups.remove(owner, name);
        definitions.remove(name);
        logs.remove(logGroup);
        register.removed(name);
        return Outcome.done(Map.of("container", name, "removed", found.isPresent() ? "yes" : "was not there"));
    }

    private static int number(Integer count) {
        return count == null ? 0 : count;
    }
}
