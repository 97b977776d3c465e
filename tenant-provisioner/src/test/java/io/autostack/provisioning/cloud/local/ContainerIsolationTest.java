package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.Replicas;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tenant's code in a container can reach, on a real engine.
class ContainerIsolationTest {

    private static final int PORT = 3000;

    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final List<ContainerSpec> made = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Containers containers = TestEngine.containers(Optional.empty());
    private final TestEngine engine = new TestEngine();

    @BeforeEach
    void needs_an_engine() throws Exception {
        assumeTrue(containers.runtime().real(), "no Docker engine answers on this machine");
        engine.provideImage();
    }

    @AfterEach
    void end() throws IOException {
        for (var container : made) containers.remove(container.tenant(), container.name());
        containers.close();
        engine.close();
    }

    @Test
    void containers_of_one_tenant_reach_each_other_and_nobody_elses() throws Exception {
        var web = started(TestEngine.listening(alice, name("web", alice), true));
        var worker = started(TestEngine.listening(alice, name("worker", alice), false));
        var foreignWeb = started(TestEngine.listening(bob, name("web", bob), true));
        var foreignWorker = started(TestEngine.listening(bob, name("worker", bob), false));

        assertThat(engine.reached(web, at(PORT, worker))).containsExactly(worker + " " + PORT);
        assertThat(engine.reached(worker, at(PORT, web))).containsExactly(web + " " + PORT);
        var foreign = new ArrayList<>(List.of(foreignWeb, foreignWorker));
        foreign.addAll(addresses(foreignWeb));
        foreign.addAll(addresses(foreignWorker));
        for (var from : List.of(web, worker))
            assertThat(engine.reached(from, at(PORT, foreign.toArray(String[]::new))))
                    .as("what " + from + " reaches")
                    .isEmpty();
    }

    private static List<String> at(int port, String... hosts) {
        return Stream.of(hosts).map(host -> host + " " + port).toList();
    }

    @Test
    void nothing_of_the_machine_is_reached_from_inside() throws Exception {
        var web = started(TestEngine.listening(alice, name("web", alice), true));
        var worker = started(TestEngine.listening(alice, name("worker", alice), false));
        var foreignWeb = started(TestEngine.listening(bob, name("web", bob), true));
        var published = engine.inspect(foreignWeb)
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .values()
                .iterator()
                .next()[0]
                .getHostPortSpec();
        var gateway = engine.client
                .inspectNetworkCmd()
                .withNetworkId(TenantNetworks.published(alice))
                .exec()
                .getIpam()
                .getConfig()
                .getFirst()
                .getGateway();

        try (var platform = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (var from : List.of(web, worker)) {
                var places = new ArrayList<String>();
                for (var host : List.of("127.0.0.1", String.valueOf(gateway), "host.docker.internal"))
                    places.addAll(List.of(host + " " + platform.getLocalPort(), host + " " + published));
                assertThat(engine.reached(from, places))
                        .as("what " + from + " reaches of the machine and of what others publish")
                        .isEmpty();
                assertThat(wayOut(from))
                        .as("where " + from + " sends what is not for its own network")
                        .isEmpty();
            }
        }
    }

    /// Somebody who would pass packets on; who has no such neighbour reaches no metadata service and no internet.
    private String wayOut(String from) throws InterruptedException {
        engine.run(from, "/bin/busybox", "nc", "-w", "1", "169.254.169.254", "80");
        var router = engine.run(from, "/bin/sh", "-c", "/bin/busybox ip route | /bin/busybox grep default")
                .strip();
        if (router.isEmpty()) return "";
        var address = router.split("\\s+")[2];
        var neighbour =
                engine.run(from, "/bin/sh", "-c", "/bin/busybox ip neigh | /bin/busybox grep '^" + address + " '");
        return neighbour.contains("lladdr") ? neighbour : "";
    }

    @Test
    void the_last_container_takes_the_networks_along() throws Exception {
        var web = started(TestEngine.listening(alice, name("web", alice), true));
        var worker = started(TestEngine.listening(alice, name("worker", alice), false));

        assertThat(containers.networksOf(alice))
                .containsExactly(TenantNetworks.inner(alice), TenantNetworks.published(alice));
        assertThat(containers.all())
                .filteredOn(found -> found.tenant().equals(Optional.of(alice)))
                .extracting(ObservedResource::kind)
                .containsExactlyInAnyOrder(
                        ObservedResource.Kind.NETWORK,
                        ObservedResource.Kind.NETWORK,
                        ObservedResource.Kind.CONTAINER,
                        ObservedResource.Kind.CONTAINER);
        assertThat(containers.removeNetwork(alice, TenantNetworks.inner(alice))).isInstanceOf(Outcome.Failed.class);

        containers.remove(alice, web);
        assertThat(engine.networks(alice)).hasSize(2);
        containers.remove(alice, worker);
        assertThat(engine.networks(alice)).isEmpty();
        assertThat(containers.networksOf(alice)).isEmpty();
    }

    @Test
    void more_tenants_have_networks_than_the_engine_has_pools() {
        var tenants = new ArrayList<UUID>();
        for (int i = 0; i < 33; i++) tenants.add(UUID.randomUUID());
        var networks =
                new TenantNetworks(new Engine(null, InstantSource.system()), AddressRange.parse("10.231.0.0/16"));
        try {
            for (var tenant : tenants) networks.ensure(tenant, TenantNetworks.inner(tenant));

            assertThat(tenants)
                    .allSatisfy(tenant -> assertThat(networks.names(tenant)).hasSize(1));
        } finally {
            for (var tenant : tenants) networks.remove(tenant, TenantNetworks.inner(tenant));
        }
    }

    @Test
    void a_container_that_was_made_another_way_is_made_anew() throws Exception {
        var desired = TestEngine.listening(alice, name("web", alice), true);
        made.add(desired);
        engine.client
                .createContainerCmd(TestEngine.IMAGE)
                .withName(desired.name())
                .withLabels(Map.of(Containers.LABEL_TENANT, alice.toString()))
                .withCmd(desired.command())
                .exec();
        engine.client.startContainerCmd(desired.name()).exec();

        TestEngine.ensured(containers, desired);

        assertThat(engine.inspect(desired.name()).getNetworkSettings().getNetworks())
                .containsOnlyKeys(TenantNetworks.inner(alice), TenantNetworks.published(alice));
    }

    @Test
    void the_database_socket_can_be_used_and_neither_removed_nor_replaced_nor_its_folder_filled() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var socket = folder.resolve(".s.PGSQL.5999");
        containers.close();
        containers = TestEngine.containers(Optional.of(folder));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
            var name = started(withDatabase(name("web", alice)));
            var inside = ContainerShape.SOCKET_INSIDE;

            for (var attack : List.of(
                    "rm -f " + inside + "/.s.PGSQL.5999",
                    "mv " + inside + "/.s.PGSQL.5999 /tmp/mine",
                    "ln -sf /tmp/mine " + inside + "/.s.PGSQL.5999",
                    "dd if=/dev/zero of=" + inside + "/full bs=1024 count=1",
                    "chmod 000 " + inside + "/.s.PGSQL.5999",
                    "chown 1 " + inside,
                    "mount -o remount,rw " + inside,
                    "umount " + inside))
                assertThat(engine.run(name, "/bin/sh", "-c", "/bin/busybox " + attack + "; echo \"answer $?\""))
                        .as(attack)
                        .doesNotContain("answer 0");
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactly(socket);
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rwxrwxrwx");

            assumeTrue(!TestEngine.perl().isEmpty(), "nothing here speaks to Unix sockets from inside");
            server.configureBlocking(false);
            assertThat(engine.run(
                            name,
                            "/usr/bin/perl",
                            "-e",
                            "socket(S,1,1,0) or die; connect(S, pack('Sa*', 1, '" + inside
                                    + "/.s.PGSQL.5999')) or die $!; syswrite(S, 'hello'); print 'connected'"))
                    .isEqualTo("connected");
            try (var connection = server.accept()) {
                var said = ByteBuffer.allocate(5);
                connection.read(said);
                assertThat(new String(said.array(), StandardCharsets.US_ASCII)).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_container_has_no_rights_no_disk_and_no_more_than_its_plan_says() throws Exception {
        var name = started(TestEngine.listening(alice, name("web", alice), true));

        assertThat(engine.run(name, "/bin/busybox", "id")).startsWith("uid=65534 gid=65534");
        assertThat(engine.run(name, "/bin/busybox", "cat", "/proc/self/status"))
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
        for (var place : List.of("/file", "/bin/file", "/etc/file", "/dev/file", "/proc/sys/kernel/core_pattern"))
            assertThat(engine.run(name, "/bin/sh", "-c", "echo mine >" + place + " && echo written"))
                    .as(place)
                    .doesNotContain("written");
        for (var place : List.of("/tmp", "/run", "/data"))
            assertThat(engine.run(
                            name,
                            "/bin/sh",
                            "-c",
                            "echo mine >" + place + "/file && echo written; /bin/busybox df " + place))
                    .as(place)
                    .contains("written", "tmpfs");
        var inspected = engine.inspect(name);
        assertThat(inspected.getMounts()).isEmpty();
        var host = inspected.getHostConfig();
        assertThat(host.getMemory()).isEqualTo(64L * 1024 * 1024);
        assertThat(host.getMemorySwap()).isEqualTo(host.getMemory());
        assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(host.getPidsLimit()).isEqualTo(256);
        assertThat(host.getPrivileged()).isFalse();
        assertThat(host.getPidMode()).isEmpty();
        assertThat(host.getIpcMode()).isEqualTo("private");
        assertThat(host.getLogConfig().getConfig())
                .containsEntry("max-size", "10m")
                .containsEntry("max-file", "3");
    }

    private String started(ContainerSpec desired) {
        made.add(desired);
        TestEngine.ensured(containers, desired);
        return desired.name();
    }

    private static String name(String what, UUID tenant) {
        return "autostack-test--" + what + "-" + tenant;
    }

    private List<String> addresses(String name) {
        return engine.inspect(name).getNetworkSettings().getNetworks().values().stream()
                .map(network -> String.valueOf(network.getIpAddress()))
                .toList();
    }

    private ContainerSpec withDatabase(String name) {
        return new ContainerSpec(
                alice,
                name,
                TestEngine.IMAGE,
                List.of("/bin/busybox", "httpd", "-f", "-p", "3000", "-h", "/bin"),
                BigDecimal.ONE,
                64,
                Replicas.ONE,
                PORT,
                "/busybox",
                Map.of(),
                Map.of(),
                Map.of("DATABASE_URL", new DatabaseSpec(alice, "db", "secret", false)));
    }
}
