package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.postgres.TenantServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers as they were made before tenants had networks: on the default bridge, as root, with the socket's
/// folder open for writing.
class ContainerRenewalTest {

    private static final ExposedPort PORT = ExposedPort.tcp(3000);

    private final UUID tenant = UUID.randomUUID();
    private final String name = "autostack-test--web-" + tenant;
    private final TestEngine engine = new TestEngine();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Containers containers;

    @BeforeEach
    void needs_an_engine() throws Exception {
        containers = TestEngine.containers(Optional.of(folder));
        assumeTrue(containers.runtime().real(), "no Docker engine answers on this machine");
        engine.provideImage();
    }

    @AfterEach
    void end() throws IOException {
        if (containers.runtime().real())
            for (var container : containers.of(tenant)) containers.remove(tenant, container);
        containers.close();
        engine.close();
    }

    @Test
    void a_container_of_before_is_found_and_made_as_today_with_its_address_and_variables() throws Exception {
        madeBefore(name);
        engine.client.startContainerCmd(name).exec();
        var port = hostPort();
        assertThat(current()).containsExactly(Map.entry(name, false));

        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Done.class);

        assertThat(current()).containsExactly(Map.entry(name, true));
        var made = engine.inspect(name);
        assertThat(made.getState().getRunning()).isTrue();
        assertThat(made.getNetworkSettings().getNetworks())
                .containsOnlyKeys(TenantNetworks.inner(tenant), TenantNetworks.published(tenant));
        assertThat(made.getMounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount.getRW()).isFalse());
        assertThat(hostPort()).isEqualTo(port);
        assertThat(engine.run(name, "/bin/busybox", "env")).contains("GREETING=hello");
        assertThat(engine.run(name, "/bin/busybox", "id")).startsWith("uid=65534");
    }

    @Test
    void one_that_was_stopped_stays_so() {
        madeBefore(name);

        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Done.class);

        assertThat(current()).containsExactly(Map.entry(name, true));
        assertThat(engine.inspect(name).getState().getRunning()).isFalse();
    }

    /// As if the platform had died between any two of its steps.
    @Test
    void what_was_begun_is_brought_to_its_end() {
        madeBefore(name + ".running-before-0");

        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Done.class);

        assertThat(current()).containsExactly(Map.entry(name, true));
        assertThat(engine.inspect(name).getState().getRunning()).isTrue();

        madeBefore(name + ".running-before-0");

        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Done.class);
        assertThat(current()).containsExactly(Map.entry(name, true));
    }

    @Test
    void one_that_cannot_be_made_anew_goes_on_as_it_was() throws Exception {
        madeBefore(name);
        engine.client.startContainerCmd(name).exec();
        containers.close();
        containers = new Containers(
                new TenantServer("jdbc:postgresql://127.0.0.1:5999/postgres", "nobody", "none"),
                InstantSource.system(),
                true,
                new ContainerShape(true, Optional.empty()),
                AddressRange.parse("127.0.0.0/27"),
                new Engine(null, InstantSource.system()));

        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Failed.class);

        assertThat(current()).containsExactly(Map.entry(name, false));
        assertThat(engine.inspect(name).getState().getRunning()).isTrue();
    }

    @Test
    void one_that_somebody_connected_elsewhere_is_not_as_it_is_made_today() {
        var desired = TestEngine.listening(tenant, name, true);
        TestEngine.ensured(containers, desired);
        assertThat(current()).containsExactly(Map.entry(name, true));

        engine.client
                .connectToNetworkCmd()
                .withContainerId(name)
                .withNetworkId("bridge")
                .exec();

        assertThat(current()).containsExactly(Map.entry(name, false));
        assertThat(containers.renew(tenant)).isInstanceOf(Outcome.Done.class);
        assertThat(current()).containsExactly(Map.entry(name, true));
    }

    @Test
    void a_container_takes_along_what_was_put_aside_for_it() {
        madeBefore(name);
        madeBefore(name + ".stopped-before-0");

        containers.remove(tenant, name);

        assertThat(containers.of(tenant)).isEmpty();
    }

    private void madeBefore(String called) {
        engine.client
                .createContainerCmd(TestEngine.IMAGE)
                .withName(called)
                .withLabels(Map.of(Containers.LABEL_MANAGED, "true", Containers.LABEL_TENANT, tenant.toString()))
                .withEnv("GREETING=hello", "PORT=3000")
                .withExposedPorts(PORT)
                .withCmd("/bin/busybox", "httpd", "-f", "-p", "3000", "-h", "/bin")
                .withHostConfig(HostConfig.newHostConfig()
                        .withInit(true)
                        .withMemory(64L << 20)
                        .withNanoCPUs(500_000_000L)
                        .withBinds(new Bind(folder.toString(), new Volume(ContainerShape.SOCKET_INSIDE)))
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), PORT)))
                .exec();
    }

    private List<Map.Entry<String, Boolean>> current() {
        return containers.all().stream()
                .filter(found -> found.kind() == ObservedResource.Kind.CONTAINER
                        && found.tenant().equals(Optional.of(tenant)))
                .map(found -> Map.entry(found.name(), found.is(ObservedResource.CURRENT)))
                .toList();
    }

    private String hostPort() {
        return Objects.requireNonNull(engine.inspect(name)
                        .getNetworkSettings()
                        .getPorts()
                        .getBindings()
                        .get(PORT))[0].getHostPortSpec();
    }
}
