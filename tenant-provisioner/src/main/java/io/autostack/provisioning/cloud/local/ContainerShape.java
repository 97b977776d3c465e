package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerMount;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.autostack.provisioning.cloud.ContainerSpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What a tenant's container is made like: what it may use, see and write.
///
/// @param strict whether it is nobody unless its image names a user, and writes to memory alone
/// @param databaseSocket the folder of the database server's socket
record ContainerShape(boolean strict, Optional<Path> databaseSocket) {

    static final String SOCKET_INSIDE = "/run/autostack/postgresql";

    /// Which of our shapes a container has; one of another shape is made anew.
    static final String LABEL = "io.autostack.shape";

    private static final Logger LOG = Logger.getLogger(ContainerShape.class);
    private static final String NOBODY = "65534:65534";
    private static final String SCRATCH = "rw,nosuid,nodev,size=64m,mode=1777";
    private static final BigDecimal NANOS = new BigDecimal("1000000000");
    private static final long MAX_PROCESSES = 256;

    /// Nobody answers there, so that no name leaves the tenant's own network.
    private static final String NO_NAME_SERVER = "127.0.0.1";

    /// Changes whenever [#create] makes another kind of container.
    String label() {
        return strict ? "2-strict" : "2";
    }

    /// Made by us as we make them today. One that was to be connected when we were stopped is made no other way.
    boolean fits(ContainerSpec container, InspectContainerResponse found) {
        var inner = TenantNetworks.inner(container.tenant());
        var allowed =
                container.port() > 0 ? Set.of(inner, TenantNetworks.published(container.tenant())) : Set.of(inner);
        return hasLabel(found.getConfig().getLabels()) && allowed.containsAll(networks(found));
    }

    static Set<String> networks(InspectContainerResponse found) {
        var on = found.getNetworkSettings().getNetworks();
        return on == null ? Set.of() : on.keySet();
    }

    /// As far as a list of containers tells it.
    boolean fits(UUID tenant, Container listed) {
        var settings = listed.getNetworkSettings();
        var on = settings == null || settings.getNetworks() == null
                ? Set.<String>of()
                : settings.getNetworks().keySet();
        return hasLabel(listed.getLabels())
                && Set.of(TenantNetworks.inner(tenant), TenantNetworks.published(tenant))
                        .containsAll(on)
                && listed.getMounts().stream().noneMatch(ContainerShape::isWritableFolder);
    }

    private boolean hasLabel(@Nullable Map<String, String> labels) {
        return labels != null && label().equals(labels.get(LABEL));
    }

    /// Of the machine; volumes have names.
    private static boolean isWritableFolder(ContainerMount mount) {
        var name = mount.getName();
        return (name == null || name.isEmpty()) && Boolean.TRUE.equals(mount.getRw()) && !isMemory(mount);
    }

    private static boolean isMemory(ContainerMount mount) {
        return mount.getSource() == null || mount.getSource().isEmpty();
    }

    /// @param database whether it sees the database server's socket
    /// @param hostPort where the machine is to publish it; 0 for any port that is free
    void create(
            DockerClient engine, ContainerSpec container, List<String> environment, boolean database, int hostPort) {
        var image = engine.inspectImageCmd(container.image()).exec().getConfig();
        var host = limits(container)
                .withReadonlyRootfs(strict)
                .withTmpFs(strict ? scratch(image) : Map.of())
                .withNetworkMode(
                        container.port() > 0
                                ? TenantNetworks.published(container.tenant())
                                : TenantNetworks.inner(container.tenant()));
        if (databaseSocket.isPresent() && database)
            host.withBinds(new Bind(
                    databaseSocket.get().toAbsolutePath().toString(), new Volume(SOCKET_INSIDE), AccessMode.ro));
        var create = engine.createContainerCmd(container.image())
                .withName(container.name())
                .withLabels(Map.of(
                        Containers.LABEL_MANAGED,
                        "true",
                        Containers.LABEL_TENANT,
                        container.tenant().toString(),
                        LABEL,
                        label()))
                .withEnv(environment)
                .withHostConfig(host);
        if (strict && isRoot(image)) create.withUser(NOBODY);
        if (container.port() > 0) {
            var port = ExposedPort.tcp(container.port());
            create.withExposedPorts(port);
            host.withPortBindings(new PortBinding(
                    hostPort == 0
                            ? Ports.Binding.bindIp("127.0.0.1")
                            : Ports.Binding.bindIpAndPort("127.0.0.1", hostPort),
                    port));
        }
        if (!container.command().isEmpty()) create.withCmd(container.command());
        try {
            create.exec();
        } catch (ConflictException e) {
            LOG.debugf("container %s is there already", container.name());
        }
    }

    private static HostConfig limits(ContainerSpec container) {
        long memory = container.memoryMb() * 1024L * 1024L;
        return HostConfig.newHostConfig()
                .withNanoCPUs(container.vcpu().multiply(NANOS).longValue())
                .withMemory(memory)
                .withMemorySwap(memory)
                .withPidsLimit(MAX_PROCESSES)
                .withInit(true)
                .withIpcMode("private")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withDns(NO_NAME_SERVER)
                .withDnsSearch(".")
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3")));
    }

    /// Also where the image wants a volume: on disk nobody would limit it.
    private static Map<String, String> scratch(@Nullable ContainerConfig image) {
        var folders = new TreeMap<>(Map.of("/tmp", SCRATCH, "/run", SCRATCH));
        if (image != null && image.getVolumes() != null)
            for (var volume : image.getVolumes().keySet()) folders.put(volume, SCRATCH);
        return folders;
    }

    private static boolean isRoot(@Nullable ContainerConfig image) {
        var user =
                image == null || image.getUser() == null ? "" : image.getUser().strip();
        return user.isEmpty() || user.equals("root") || user.startsWith("root:") || user.matches("0+(:.*)?");
    }
}
