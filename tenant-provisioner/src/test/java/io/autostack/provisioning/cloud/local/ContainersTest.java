package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.cloud.SecretMember;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a real engine; what there is without one says `SimulatedContainersTest`.
class ContainersTest {

    private static final String IMAGE = TestEngine.IMAGE;

    private final UUID tenant = UUID.randomUUID();
    private final String name = "autostack-test--" + tenant;
    private final Containers containers = TestEngine.containers(Optional.empty());

    @BeforeEach
    void needs_an_engine() throws Exception {
        assumeTrue(containers.runtime().real(), "no Docker engine answers on this machine");
        try (var engine = new TestEngine()) {
            engine.provideImage();
        }
    }

    @AfterEach
    void removeContainer() throws IOException {
        containers.remove(tenant, name);
        containers.close();
    }

    @Test
    void a_container_runs_with_its_secrets() throws Exception {
        var done = ensured();

        assertThat(done.simulated()).isFalse();
        assertThat(done.evidence().get("health")).isEqualTo("/environment answered 200");
        assertThat(get(done.evidence().get("address") + "/environment"))
                .contains("GREETING=hello", "PORT=3000", "KEY=s3cret")
                .contains("DATABASE_URL=postgresql://role:word@localhost:5999/db?host=/run/autostack/postgresql");
        assertThat(ensured().evidence().get("id")).isEqualTo(done.evidence().get("id"));
    }

    /// As when the engine does late what was asked for by somebody who no longer waits.
    @Test
    void several_who_make_the_same_container_at_once_make_one_and_nothing_fails() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = threads.invokeAll(Collections.nCopies(4, this::ensuredAtOnce));

            for (var id : made) assertThat(id.get()).isEqualTo(ensuredAtOnce());
        }
    }

    private String ensuredAtOnce() {
        return Awaitility.await("the container runs")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            var outcome = containers.ensure(desired(), secret -> values());
                            assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
                            return outcome instanceof Outcome.Done done
                                    ? done.evidence().get("id")
                                    : "";
                        },
                        id -> !id.isEmpty());
    }

    @Test
    void one_that_was_connected_since_somebody_looked_is_connected() throws Exception {
        ensured();
        var inner = TenantNetworks.inner(tenant);
        try (var machine = new TestEngine();
                var engine = new Engine(null, InstantSource.system())) {
            machine.client
                    .disconnectFromNetworkCmd()
                    .withContainerId(name)
                    .withNetworkId(inner)
                    .exec();
            var before = machine.inspect(name);
            assertThat(ContainerShape.networks(before)).doesNotContain(inner);
            var networks = new TenantNetworks(engine, AddressRange.parse("10.231.0.0/16"));

            networks.connect(tenant, before);
            networks.connect(tenant, before);

            assertThat(ContainerShape.networks(machine.inspect(name))).contains(inner);
        }
    }

    @Test
    void a_container_of_another_tenant_is_not_adopted() throws Exception {
        ensured();

        var outcome = containers.ensure(desired(UUID.randomUUID()), secret -> values());

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_container_that_is_not_ready_is_waited_for() throws Exception {
        var never = desired(tenant, "/not-there");

        Awaitility.await("it runs, and says that it is not ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> containers.ensure(never, secret -> values())
                                instanceof Outcome.NotYet(var waitingFor, var again, var learned)
                        && waitingFor.equals("the container to be ready: /not-there answered 404"));
    }

    @Test
    void the_log_of_a_container_can_be_read_by_its_tenant_alone() throws Exception {
        ensured();

        assertThat(written(1)).contains("serving").doesNotContain("first").startsWith("20");
        assertThat(written(10)).containsSubsequence("first", "serving");
        assertThat(containers.output(UUID.randomUUID(), name, 10)).isEqualTo(new ContainerOutput.None());
        assertThat(containers.output(tenant, name + "-absent", 10)).isEqualTo(new ContainerOutput.None());
    }

    private String written(int lines) {
        return ((ContainerOutput.Written) containers.output(tenant, name, lines)).text();
    }

    @Test
    void s01_a_container_that_writes_without_end_fills_one_megabyte_of_an_answer() throws Exception {
        TestEngine.ensured(
                containers,
                new ContainerSpec(
                        tenant,
                        name,
                        IMAGE,
                        List.of("/bin/busybox", "sh", "-c", "/bin/busybox yes \"$(/bin/busybox printf %04000d 0)\""),
                        new BigDecimal("0.1"),
                        64,
                        Replicas.ONE,
                        0,
                        null,
                        Map.of(),
                        Map.of(),
                        Map.of()));

        Awaitility.await("it has written more than is shown")
                .atMost(Duration.ofSeconds(60))
                .until(() -> written(1000).endsWith("… cut here\n"));
        assertThat(written(1000).length()).isBetween(1_000_000, 1_100_000);
    }

    @Test
    void an_image_that_cannot_be_had_is_a_failure_with_a_way_out() throws Exception {
        ensured();
        var absent = new ContainerSpec(
                tenant,
                name + "-absent",
                "127.0.0.1:1/no/such-image:1",
                List.of(),
                BigDecimal.ONE,
                64,
                Replicas.ONE,
                0,
                null,
                Map.of(),
                Map.of(),
                Map.of());

        Awaitility.await("nobody waits for the registry, and in the end it is said")
                .atMost(Duration.ofSeconds(60))
                .until(() -> containers.ensure(absent, secret -> Map.of()) instanceof Outcome.Failed(var reason)
                        && reason.contains("Load it into the Docker engine"));
    }

    private Outcome.Done ensured() {
        return TestEngine.ensured(containers, desired());
    }

    private ContainerSpec desired() {
        return desired(tenant);
    }

    private ContainerSpec desired(UUID owner) {
        return desired(owner, "/environment");
    }

    private ContainerSpec desired(UUID owner, String healthPath) {
        return new ContainerSpec(
                owner,
                name,
                IMAGE,
                List.of(
                        "/bin/busybox",
                        "sh",
                        "-c",
                        "/bin/busybox env > /tmp/environment; echo first; echo serving; exec /bin/busybox httpd -f -p"
                                + " 3000 -h /tmp"),
                new BigDecimal("0.5"),
                64,
                Replicas.ONE,
                3000,
                healthPath,
                Map.of("GREETING", "hello"),
                Map.of("KEY", new SecretMember("secret", "key")),
                Map.of("DATABASE_URL", new DatabaseSpec(owner, "db", "secret", false)));
    }

    private static Map<String, String> values() {
        return Map.of("username", "role", "password", "word", "key", "s3cret");
    }

    private static String get(String address) throws Exception {
        var answer = new String[1];
        Awaitility.await(address)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    answer[0] = HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(address)).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
                    return true;
                });
        return answer[0];
    }
}
