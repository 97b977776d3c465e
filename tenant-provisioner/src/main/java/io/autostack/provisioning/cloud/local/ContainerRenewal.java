package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.Replicas;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// Containers that are not as we make them today are made anew from what they are: image, command, variables,
/// size and address. The one of before is put aside under a name that says how it was, so that whoever goes on
/// after a crash knows; it is removed when the new one is there, and put back when that cannot be made.
final class ContainerRenewal {

    private static final Logger LOG = Logger.getLogger(ContainerRenewal.class);

    /// Names of containers have no dots.
    private static final Pattern ASIDE = Pattern.compile("(.+)\\.(running|stopped)-before-([0-9]+)");

    private static final BigDecimal NANOS = new BigDecimal("1000000000");
    private static final int SECONDS_TO_END = 10;

    private final Engine engine;
    private final TenantNetworks networks;
    private final ContainerShape shape;

    ContainerRenewal(Engine engine, TenantNetworks networks, ContainerShape shape) {
        this.engine = engine;
        this.networks = networks;
        this.shape = shape;
    }

    /// One of before that was put aside.
    ///
    /// @param hostPort where the machine published it; 0 for nowhere
    private record Aside(String id, String name, boolean ran, int hostPort) {}

    /// Whether a container of that name was put aside for another.
    static boolean isBefore(String name, String of) {
        var aside = ASIDE.matcher(name);
        return aside.matches() && aside.group(1).equals(of);
    }

    /// @throws EngineSilent when it does not answer
    Outcome all(UUID tenant) {
        var renewed = new TreeMap<String, String>();
        for (var container : of(tenant))
            if (!shape.fits(tenant, container)) renewed.put(renew(tenant, aside(container)), "made anew");
        if (renewed.isEmpty()) return Outcome.done(Map.of("containers", "were as they are made today"));
        // Otherwise each run would make them anew.
        for (var container : of(tenant))
            if (!shape.fits(tenant, container))
                return new Outcome.Failed("The engine shows " + container.getNames()[0].substring(1)
                        + " otherwise than it was made. Look whether somebody connects it elsewhere, then retry.");
        return Outcome.done(renewed);
    }

    private List<Container> of(UUID tenant) {
        return engine.ask(
                "containers-with-shape:" + tenant,
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Containers.LABEL_TENANT, tenant.toString()))
                        .exec());
    }

    private Aside aside(Container listed) {
        var name = listed.getNames()[0].substring(1);
        var already = ASIDE.matcher(name);
        if (already.matches())
            return new Aside(
                    listed.getId(),
                    already.group(1),
                    already.group(2).equals("running"),
                    Integer.parseInt(already.group(3)));
        var found = inspect(listed.getId());
        var ran = Boolean.TRUE.equals(found.getState().getRunning());
        var aside = new Aside(listed.getId(), name, ran, hostPort(found));
        rename(aside.id(), name + (ran ? ".running" : ".stopped") + "-before-" + aside.hostPort());
        return aside;
    }

    private String renew(UUID tenant, Aside before) {
        try {
            stop(before.id());
            var found = inspect(before.id());
            var desired = desired(tenant, before.name(), found);
            networks.ensure(tenant, TenantNetworks.inner(tenant));
            if (desired.port() > 0) networks.ensure(tenant, TenantNetworks.published(tenant));
            var made = find(before.name());
            if (made.isEmpty()) {
                create(desired, found, before.hostPort());
                made = find(before.name());
            }
            networks.connect(tenant, made.orElseThrow());
            if (before.ran()) start(made.orElseThrow().getId());
            remove(before.id());
            return before.name();
        } catch (DockerException | TenantNetworks.NoRoom e) {
            putBack(before);
            throw e;
        }
    }

    private void create(ContainerSpec desired, InspectContainerResponse before, int hostPort) {
        var variables = before.getConfig().getEnv();
        var socket = before.getMounts() != null
                && before.getMounts().stream()
                        .anyMatch(mount -> mount.getDestination() != null
                                && ContainerShape.SOCKET_INSIDE.equals(
                                        mount.getDestination().getPath()));
        engine.change(
                "create:" + desired.name(),
                client -> shape.create(
                        client, desired, variables == null ? List.of() : List.of(variables), socket, hostPort));
    }

    private static ContainerSpec desired(UUID tenant, String name, InspectContainerResponse found) {
        var config = found.getConfig();
        var host = found.getHostConfig();
        var command = config.getCmd();
        return new ContainerSpec(
                tenant,
                name,
                Objects.requireNonNull(config.getImage()),
                command == null ? List.of() : Arrays.asList(command),
                BigDecimal.valueOf(Objects.requireNonNullElse(host.getNanoCPUs(), 0L))
                        .divide(NANOS),
                (int) (Objects.requireNonNullElse(host.getMemory(), 0L) >> 20),
                Replicas.ONE,
                port(host).map(ExposedPort::getPort).orElse(0),
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static Optional<ExposedPort> port(HostConfig host) {
        var published = host.getPortBindings();
        return published == null
                ? Optional.empty()
                : published.getBindings().keySet().stream().findFirst();
    }

    private static int hostPort(InspectContainerResponse found) {
        var on = found.getNetworkSettings().getPorts();
        if (on == null) return 0;
        return port(found.getHostConfig())
                .map(port -> on.getBindings().get(port))
                .filter(bindings -> bindings.length > 0)
                .map(bindings -> Integer.parseInt(bindings[0].getHostPortSpec()))
                .orElse(0);
    }

    /// As it was, so that what cannot be made safer at least goes on, and the repair has failed with the reason.
    private void putBack(Aside before) {
        find(before.name()).ifPresent(half -> remove(half.getId()));
        rename(before.id(), before.name());
        if (before.ran()) start(before.id());
    }

    private void rename(String id, String name) {
        engine.change(
                "rename:" + id,
                client -> client.renameContainerCmd(id).withName(name).exec());
    }

    private void stop(String id) {
        try {
            engine.change(
                    "stop:" + id,
                    client -> client.stopContainerCmd(id)
                            .withTimeout(SECONDS_TO_END)
                            .exec());
        } catch (NotModifiedException e) {
            LOG.debugf("container %s had ended", id);
        }
    }

    private void start(String id) {
        try {
            engine.change("start:" + id, client -> client.startContainerCmd(id).exec());
        } catch (NotModifiedException e) {
            LOG.debugf("container %s runs already", id);
        }
    }

    private void remove(String id) {
        try {
            engine.change(
                    "remove:" + id,
                    client -> client.removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (NotFoundException e) {
            LOG.debugf("container %s is gone already", id);
        }
    }

    private InspectContainerResponse inspect(String id) {
        return engine.ask(
                "inspect:" + id, client -> client.inspectContainerCmd(id).exec());
    }

    private Optional<InspectContainerResponse> find(String name) {
        try {
            return Optional.of(inspect(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
