package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerRuntime;
import io.autostack.provisioning.cloud.ContainerWanted;
import io.autostack.provisioning.cloud.Found;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Containers of the machine's Docker engine. Without an engine everything is marked as simulated, never passed off as
/// real. The engine's socket is as good as root: this process alone talks to it, tenants never do.
@ApplicationScoped
class Containers {

    private static final Logger LOG = Logger.getLogger(Containers.class);
    private static final Duration PROBE_HOLDS = Duration.ofSeconds(10);
    private static final String LABEL_TENANT = "io.autostack.tenant";
    private static final String LABEL_MANAGED = "io.autostack.managed";
    private static final String SOCKET_INSIDE = "/run/autostack/postgresql";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final BigDecimal NANOS = new BigDecimal("1000000000");

    private final DockerClient engine;
    private final HealthCheck health = new HealthCheck();
    private final TenantServer server;
    private final InstantSource clock;
    private final boolean wanted;
    private final Optional<Path> databaseSocket;
    private volatile @Nullable Probe probe;

    record Probe(Instant at, Optional<String> version) {}

    @Inject
    Containers(
            TenantServer server,
            InstantSource clock,
            @ConfigProperty(name = "autostack.cloud.local.docker", defaultValue = "true") boolean wanted,
            @ConfigProperty(name = "autostack.cloud.local.socket-dir") Optional<Path> databaseSocket) {
        this.server = server;
        this.clock = clock;
        this.wanted = wanted;
        this.databaseSocket = databaseSocket;
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        this.engine = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(Duration.ofSeconds(2))
                        .responseTimeout(Duration.ofSeconds(30))
                        .build());
    }

    ContainerRuntime runtime() {
        return engineVersion()
                .map(version -> new ContainerRuntime(true, "Containers run on the Docker engine " + version + "."))
                .orElseGet(() -> new ContainerRuntime(
                        false,
                        "No Docker engine answers on this machine: containers are simulated, databases and secrets are"
                                + " real."));
    }

    Outcome ensure(ContainerWanted container, Function<String, Map<String, String>> secrets) {
        if (engineVersion().isEmpty())
            return new Outcome.Done(
                    Map.of(
                            "container", container.name(),
                            "image", container.image(),
                            "runtime", "simulated: no Docker engine answers"),
                    Map.of(),
                    true);
        try {
            var found = find(container.name());
            if (found.isEmpty()) {
                if (!hasImage(container.image())) {
                    var missing = pull(container.image());
                    if (missing.isPresent()) return missing.get();
                }
                create(container, secrets);
                found = find(container.name());
            }
            var inspected = found.orElseThrow();
            if (!container.tenant().toString().equals(label(inspected)))
                return new Outcome.Failed(
                        "A container called " + container.name() + " exists and is not this tenant's.");
            return started(container, inspected);
        } catch (DockerException refused) {
            return new Outcome.Failed("The Docker engine refused: " + refused.getMessage());
        }
    }

    private static String address(ContainerWanted container, InspectContainerResponse found) {
        if (container.port() == 0) return "none: it does not listen";
        var bindings = found.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(container.port()));
        return bindings == null || bindings.length == 0
                ? "not bound yet"
                : "http://127.0.0.1:" + bindings[0].getHostPortSpec();
    }

    private Outcome started(ContainerWanted container, InspectContainerResponse found) {
        if (!Boolean.TRUE.equals(found.getState().getRunning())) {
            try {
                engine.startContainerCmd(found.getId()).exec();
            } catch (NotModifiedException running) {
                LOG.debugf("container %s runs already", container.name());
            }
            return new Outcome.NotYet("the container to start", Duration.ofMillis(500));
        }
        if (found.getRestartCount() != null && found.getRestartCount() > 2)
            return new Outcome.Failed("The container " + container.name()
                    + " starts and ends again. Its log is on the page of its deployment; mend the image, then retry.");
        var address = address(container, found);
        var evidence = new TreeMap<>(Map.of(
                "container", container.name(),
                "id", found.getId().substring(0, 12),
                "image", container.image(),
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

    Optional<String> log(UUID tenant, String name, int lines) {
        if (engineVersion().isEmpty()) return Optional.empty();
        return find(name)
                .filter(found -> tenant.toString().equals(label(found)))
                .map(found -> ContainerLog.read(engine, found.getId(), lines));
    }

    /// Names of those that carry the tenant's label; none where no engine answers.
    List<String> of(UUID tenant) {
        if (engineVersion().isEmpty()) return List.of();
        return engine
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(LABEL_TENANT, tenant.toString()))
                .exec()
                .stream()
                .map(container -> container.getNames()[0].substring(1))
                .sorted()
                .toList();
    }

    /// Without an engine nothing real was started, so nothing real is removed.
    Outcome remove(UUID tenant, String name) {
        if (engineVersion().isEmpty())
            return new Outcome.Done(Map.of("container", name, "runtime", "simulated"), Map.of(), true);
        try {
            var found = find(name);
            if (found.isPresent() && !tenant.toString().equals(label(found.get())))
                return new Outcome.Failed("A container called " + name + " exists and is not this tenant's.");
            if (found.isPresent())
                engine.removeContainerCmd(name)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            return Outcome.done(Map.of("container", name, "removed", found.isPresent() ? "yes" : "was not there"));
        } catch (NotFoundException somebodyFaster) {
            return Outcome.done(Map.of("container", name, "removed", "was not there"));
        } catch (DockerException refused) {
            return new Outcome.Failed("The Docker engine refused: " + refused.getMessage());
        }
    }

    /// Running or not; nothing where no engine answers.
    List<Found> all() {
        if (engineVersion().isEmpty()) return List.of();
        try {
            return engine.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL_TENANT)).exec().stream()
                    .map(container -> new Found(
                            Found.Kind.CONTAINER,
                            container.getNames()[0].substring(1),
                            LocalInventory.uuid(container.getLabels().get(LABEL_TENANT)),
                            Map.of()))
                    .toList();
        } catch (DockerException refused) {
            LOG.warnf("the Docker engine did not list its containers: %s", refused.getMessage());
            return List.of();
        }
    }

    private void create(ContainerWanted container, Function<String, Map<String, String>> secrets) {
        var host = HostConfig.newHostConfig()
                .withNanoCPUs(container.vcpu().multiply(NANOS).longValue())
                .withMemory(container.memoryMb() * 1024L * 1024L)
                .withPidsLimit(256L)
                .withInit(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3")));
        if (databaseSocket.isPresent() && !container.databases().isEmpty())
            host.withBinds(Bind.parse(databaseSocket.get().toAbsolutePath() + ":" + SOCKET_INSIDE));
        var create = engine.createContainerCmd(container.image())
                .withName(container.name())
                .withLabels(Map.of(
                        LABEL_MANAGED, "true", LABEL_TENANT, container.tenant().toString()))
                .withEnv(environment(container, secrets))
                .withHostConfig(host);
        if (container.port() > 0) {
            var port = ExposedPort.tcp(container.port());
            create.withExposedPorts(port);
            host.withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), port));
        }
        if (!container.command().isEmpty()) create.withCmd(container.command());
        try {
            create.exec();
        } catch (com.github.dockerjava.api.exception.ConflictException somebodyFaster) {
            LOG.debugf("container %s is there already", container.name());
        }
    }

    private List<String> environment(ContainerWanted container, Function<String, Map<String, String>> secrets) {
        var environment = new TreeMap<String, String>();
        if (container.port() > 0) environment.put("PORT", Integer.toString(container.port()));
        environment.put("HOSTNAME", "0.0.0.0");
        environment.putAll(container.environment());
        container
                .secrets()
                .forEach((variable, from) ->
                        environment.put(variable, secrets.apply(from.secret()).getOrDefault(from.member(), "")));
        container.databases().forEach((variable, database) -> {
            var credentials = secrets.apply(database.secret());
            environment.put(
                    variable,
                    "postgresql://" + credentials.get("username") + ":" + credentials.get("password") + "@localhost:"
                            + server.port() + "/" + database.name() + "?host=" + SOCKET_INSIDE);
        });
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private Optional<InspectContainerResponse> find(String name) {
        try {
            return Optional.of(engine.inspectContainerCmd(name).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    private boolean hasImage(String image) {
        try {
            engine.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        }
    }

    /// @return empty when the image is there now
    private Optional<Outcome> pull(String image) {
        try {
            LOG.infof("pulling the image %s", image);
            var done = engine.pullImageCmd(image).start().awaitCompletion(25, TimeUnit.SECONDS);
            return done
                    ? Optional.empty()
                    : Optional.of(new Outcome.NotYet("the image " + image, Duration.ofSeconds(2)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of(new Outcome.NotYet("the image " + image, Duration.ofSeconds(2)));
        } catch (DockerException unreachable) {
            return Optional.of(new Outcome.Failed("The image " + image
                    + " is not on this machine and could not be pulled. Load it into the Docker engine, then retry."));
        }
    }

    private static @Nullable String label(InspectContainerResponse found) {
        var labels = found.getConfig().getLabels();
        return labels == null ? null : labels.get(LABEL_TENANT);
    }

    private Optional<String> engineVersion() {
        if (!wanted) return Optional.empty();
        var known = probe;
        var now = clock.instant();
        if (known != null && known.at().plus(PROBE_HOLDS).isAfter(now)) return known.version();
        var fresh = new Probe(now, askEngine());
        probe = fresh;
        return fresh.version();
    }

    private Optional<String> askEngine() {
        try {
            return Optional.ofNullable(engine.versionCmd().exec().getVersion());
        } catch (RuntimeException unreachable) {
            LOG.debugf("no Docker engine: %s", unreachable.getMessage());
            return Optional.empty();
        }
    }

    @PreDestroy
    void close() throws IOException {
        health.close();
        engine.close();
    }
}
