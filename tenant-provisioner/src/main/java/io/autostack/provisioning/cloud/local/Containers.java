package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.postgres.SharedServer;
import io.autostack.provisioning.postgres.TenantServer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Containers of the machine's Docker engine. Without an engine everything is marked as simulated, never passed
/// off as real; one that does not answer is waited for. The engine's socket is as good as root: this process
/// alone talks to it, tenants never do.
@ApplicationScoped
class Containers {

    static final String LABEL_TENANT = "io.autostack.tenant";
    static final String LABEL_MANAGED = "io.autostack.managed";

    private static final Logger LOG = Logger.getLogger(Containers.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration SILENCE_LASTS = Duration.ofSeconds(5);
    private static final int STARTS_AGAIN = 2;

    private final Engine engine;
    private final ImagePulls pulls;
    private final TenantNetworks networks;
    private final ContainerShape shape;
    private final HealthCheck health = new HealthCheck();
    private final TenantServer server;
    private final InstantSource clock;
    private final boolean wanted;

    @Inject
    Containers(
            SharedServer shared,
            InstantSource clock,
            @ConfigProperty(name = "autostack.cloud.local.docker", defaultValue = "true") boolean desired,
            @ConfigProperty(name = "autostack.cloud.local.strict-containers", defaultValue = "true") boolean strict,
            @ConfigProperty(name = "autostack.cloud.local.container-range", defaultValue = "10.231.0.0/16")
                    String range,
            @ConfigProperty(name = "autostack.cloud.local.socket-dir") Optional<Path> databaseSocket) {
        this(
                shared.get(),
                clock,
                desired,
                new ContainerShape(strict, databaseSocket),
                AddressRange.parse(range),
                new Engine(null, clock));
    }

    Containers(
            TenantServer server,
            InstantSource clock,
            boolean desired,
            ContainerShape shape,
            AddressRange range,
            Engine engine) {
        this.server = server;
        this.clock = clock;
        this.wanted = desired;
        this.shape = shape;
        this.engine = engine;
        this.pulls = new ImagePulls(engine);
        this.networks = new TenantNetworks(engine, range);
    }

    /// The first page finds an answer, and no start waits for an engine that hangs.
    void begin(@Observes StartupEvent started) {
        if (wanted) engine.listen();
    }

    /// Never asks while somebody waits, but for the very first time: what was heard last, and when.
    ContainerRuntime runtime() {
        if (!wanted) return ContainerRuntime.simulated();
        var pulse = engine.lastPulse();
        return switch (pulse.state()) {
            case ANSWERS ->
                new ContainerRuntime(true, true, "Containers run on the Docker engine " + pulse.version() + ".");
            case SILENT ->
                new ContainerRuntime(
                        true,
                        false,
                        "The Docker engine does not answer" + since(pulse)
                                + ": containers can be neither started nor looked at.");
            case ABSENT -> ContainerRuntime.simulated();
        };
    }

    private String since(Engine.Pulse pulse) {
        if (pulse.version().isEmpty()) return "";
        var minutes = Duration.between(pulse.heard(), clock.instant()).toMinutes();
        return "; it did " + (minutes < 1 ? "a moment ago" : minutes == 1 ? "a minute ago" : minutes + " minutes ago");
    }

    /// Nothing real is made and nothing real is there.
    boolean isSimulated() {
        return !wanted || engine.pulse().state() == Engine.Pulse.State.ABSENT;
    }

    Outcome ensure(ContainerSpec container, Function<String, Map<String, String>> secrets) {
        if (isSimulated())
            return new Outcome.Done(
                    Map.of(
                            "container", container.name(),
                            "image", container.image(),
                            "runtime", "simulated: no Docker engine answers"),
                    Map.of(),
                    true);
        return answered(() -> {
            var found = find(container.name());
            if (found.isPresent() && !isOf(container.tenant(), found.get()))
                return new Outcome.Failed(
                        "A container called " + container.name() + " exists and is not this tenant's.");
            if (found.isPresent() && !shape.fits(container, found.get())) {
                removeContainer(container.name());
                found = Optional.empty();
            }
            if (found.isEmpty()) {
                var missing = pulls.ensure(container.image());
                if (missing.isPresent()) return missing.get();
            }
            networks.ensure(container.tenant(), TenantNetworks.inner(container.tenant()));
            if (container.port() > 0) networks.ensure(container.tenant(), TenantNetworks.published(container.tenant()));
            if (found.isEmpty()) {
                if (!create(container, secrets))
                    return new Outcome.NotYet("the container to be made", Duration.ofMillis(500));
                found = find(container.name());
            }
            var inspected = found.orElseThrow();
            networks.connect(container.tenant(), inspected);
            return started(container, inspected);
        });
    }

    /// @return false when the engine makes one of that name already, for somebody who no longer waits: the next look
    ///     finds it, and finds out whose it is
    private boolean create(ContainerSpec container, Function<String, Map<String, String>> secrets) {
        try {
            engine.change(
                    "create:" + container.name(),
                    client -> shape.create(
                            client,
                            container,
                            new ContainerEnvironment(server.port()).of(container, secrets),
                            !container.databases().isEmpty(),
                            0));
            return true;
        } catch (ConflictException e) {
            LOG.debugf("a container called %s is there already", container.name());
            return false;
        }
    }

    private interface Asking {
        Outcome ask();
    }

    /// A silent engine is waited for, whatever it was asked; what it refuses fails.
    private static Outcome answered(Asking asking) {
        try {
            return asking.ask();
        } catch (EngineSilent e) {
            LOG.debugf(e, "asked again later");
            return new Outcome.NotYet("the Docker engine to answer", SILENCE_LASTS);
        } catch (TenantNetworks.NoRoom e) {
            return new Outcome.Failed(e.words());
        } catch (DockerException e) {
            return new Outcome.Failed("The Docker engine refused: " + Engine.words(e));
        }
    }

    /// No balancer stands before them here.
    private static String copies(ContainerSpec container) {
        var wanted = container.replicas();
        return wanted.max() == 1 ? "1" : "1; on one machine no more run, where " + wanted.max() + " may";
    }

    private static String address(ContainerSpec container, InspectContainerResponse found) {
        if (container.port() == 0) return "none: it does not listen";
        var bindings = found.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(container.port()));
        return bindings == null || bindings.length == 0
                ? "not bound yet"
                : "http://127.0.0.1:" + bindings[0].getHostPortSpec();
    }

    private Outcome started(ContainerSpec container, InspectContainerResponse found) {
        var state = found.getState();
        if (!Boolean.TRUE.equals(state.getRunning())) {
            try {
                engine.change(
                        "start:" + container.name(),
                        client -> client.startContainerCmd(found.getId()).exec());
            } catch (NotModifiedException e) {
                LOG.debugf("container %s runs already", container.name());
            }
            return new Outcome.NotYet("the container to start", Duration.ofMillis(500));
        }
        if (found.getRestartCount() != null && found.getRestartCount() > STARTS_AGAIN) {
            stop(container.name(), found.getId());
            return new Outcome.Failed("The container " + container.name()
                    + " started and ended again and again, and was stopped. Its log is on the page of its deployment;"
                    + " mend the image, then retry.");
        }
        var address = address(container, found);
        var evidence = new TreeMap<>(Map.of(
                "container", container.name(),
                "id", found.getId().substring(0, 12),
                "image", container.image(),
                "copies", copies(container),
                "address", address));
        if (container.port() > 0 && container.healthPath() != null) {
            var answer = health.ask(address, container.healthPath());
            if (!answer.well())
                return new Outcome.NotYet(
                        "the container to be ready: " + container.healthPath() + " " + answer.words(), ASK_AGAIN);
            evidence.put("health", container.healthPath() + " " + answer.words());
        }
        return new Outcome.Done(evidence, Map.of("address." + container.name(), address), false);
    }

    /// The engine would start it again for ever.
    private void stop(String name, String id) {
        try {
            engine.change(
                    "stop:" + name,
                    client -> client.stopContainerCmd(id).withTimeout(1).exec());
        } catch (NotModifiedException e) {
            LOG.debugf("container %s ended by itself", name);
        }
    }

    ContainerOutput output(UUID tenant, String name, int lines) {
        if (isSimulated()) return new ContainerOutput.None();
        try {
            return find(name)
                    .filter(found -> isOf(tenant, found))
                    .<ContainerOutput>map(found -> new ContainerOutput.Written(engine.ask(
                            "log:" + lines + ":" + found.getId(),
                            client -> ContainerLog.read(client, found.getId(), lines))))
                    .orElseGet(ContainerOutput.None::new);
        } catch (NotFoundException e) {
            return new ContainerOutput.None();
        } catch (EngineSilent | DockerException e) {
            LOG.debugf(e, "no log of %s", name);
            return new ContainerOutput.NoAnswer("The Docker engine does not answer, so the log cannot be read.");
        }
    }

    /// Names of those that carry the tenant's label; none where there is no engine.
    ///
    /// @throws EngineSilent when nobody can say
    List<String> of(UUID tenant) {
        if (isSimulated()) return List.of();
        return engine
                .ask(
                        "containers:" + tenant,
                        client -> client.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(Map.of(LABEL_TENANT, tenant.toString()))
                                .exec())
                .stream()
                .map(container -> container.getNames()[0].substring(1))
                .sorted()
                .toList();
    }

    /// @throws EngineSilent when nobody can say
    List<String> networksOf(UUID tenant) {
        return isSimulated() ? List.of() : networks.names(tenant);
    }

    Outcome removeNetwork(UUID tenant, String name) {
        return answered(() -> networks.remove(tenant, name));
    }

    /// Without an engine nothing real was started, so nothing real is removed. The last one takes the tenant's
    /// networks along.
    Outcome remove(UUID tenant, String name) {
        if (isSimulated()) return new Outcome.Done(Map.of("container", name, "runtime", "simulated"), Map.of(), true);
        return answered(() -> {
            var found = find(name);
            if (found.isPresent() && !isOf(tenant, found.get())) return LeftAlone.one("container", name);
            if (found.isPresent()) removeContainer(name);
            for (var other : of(tenant)) if (ContainerRenewal.isBefore(other, name)) removeContainer(other);
            if (of(tenant).isEmpty()) networks.removeUnused(tenant);
            return Outcome.done(Map.of("container", name, "removed", found.isPresent() ? "yes" : "was not there"));
        });
    }

    private void removeContainer(String name) {
        try {
            engine.change(
                    "remove:" + name,
                    client -> client.removeContainerCmd(name)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (NotFoundException e) {
            LOG.debugf("container %s is gone already", name);
        }
    }

    /// Containers, running or not, and networks; nothing where no engine answers.
    List<ObservedResource> all() {
        if (isSimulated()) return List.of();
        try {
            var all = new ArrayList<ObservedResource>(networks.all());
            engine.ask(
                            "tenants-containers",
                            client -> client.listContainersCmd()
                                    .withShowAll(true)
                                    .withLabelFilter(List.of(LABEL_TENANT))
                                    .exec())
                    .forEach(container -> all.add(found(container)));
            return all;
        } catch (EngineSilent | DockerException e) {
            LOG.warnf("the Docker engine did not list its containers: %s", e.getMessage());
            return List.of();
        }
    }

    private ObservedResource found(Container container) {
        var tenant = LocalInventory.uuid(container.getLabels().get(LABEL_TENANT));
        var current = tenant.isPresent() && shape.fits(tenant.get(), container);
        return new ObservedResource(
                ObservedResource.Kind.CONTAINER,
                container.getNames()[0].substring(1),
                tenant,
                Map.of(ObservedResource.CURRENT, Boolean.toString(current)));
    }

    /// Nothing is made anew that is not real.
    Outcome renew(UUID tenant) {
        if (isSimulated()) return Outcome.done(Map.of("containers", "none of them is real"));
        return answered(() -> new ContainerRenewal(engine, networks, shape).all(tenant));
    }

    private Optional<InspectContainerResponse> find(String name) {
        try {
            return Optional.of(engine.ask(
                    "inspect:" + name,
                    client -> client.inspectContainerCmd(name).exec()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(UUID tenant, InspectContainerResponse found) {
        return tenant.toString().equals(label(found));
    }

    private static @Nullable String label(InspectContainerResponse found) {
        var labels = found.getConfig().getLabels();
        return labels == null ? null : labels.get(LABEL_TENANT);
    }

    @PreDestroy
    void close() throws IOException {
        pulls.close();
        engine.close();
    }
}
