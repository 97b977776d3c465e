package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.postgres.TenantServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine that takes every connection and answers none.
@Timeout(60)
class SilentEngineTest {

    private static final String VERSION = "{\"Version\":\"99.9\",\"ApiVersion\":\"1.41\"}";

    private final UUID tenant = UUID.randomUUID();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Clock.systemUTC().instant());
    private volatile Optional<String> answer = Optional.empty();
    private final ConcurrentLinkedQueue<SocketChannel> connections = new ConcurrentLinkedQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ServerSocketChannel socket;

    @SuppressWarnings("NullAway.Init")
    private Containers containers;

    @BeforeEach
    void listen() throws IOException {
        var address = folder.resolve("engine.sock");
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(address));
        Thread.ofVirtual().start(this::accept);
        InstantSource clock = now::get;
        containers = new Containers(
                new TenantServer("jdbc:postgresql://127.0.0.1:5999/postgres", "nobody", "none"),
                clock,
                true,
                new ContainerShape(true, Optional.empty()),
                AddressRange.parse("10.231.0.0/16"),
                new Engine("unix://" + address, clock));
    }

    @AfterEach
    void end() throws IOException {
        socket.close();
        containers.close();
        for (var connection : connections) connection.close();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException _) {
            return;
        }
    }

    private void serve(SocketChannel connection) {
        try {
            connection.read(ByteBuffer.allocate(8192));
            var said = answer;
            if (said.isEmpty()) return;
            var body = said.get();
            var bytes = ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) connection.write(bytes);
            connection.close();
        } catch (IOException _) {
            return;
        }
    }

    @Test
    void a_page_says_that_it_does_not_answer_and_nothing_passes_for_simulated() {
        var runtime = containers.runtime();

        assertThat(runtime.real()).isTrue();
        assertThat(runtime.answers()).isFalse();
        assertThat(runtime.sentence()).contains("does not answer");
        var desired = TestEngine.listening(tenant, "autostack-test--silent", true);
        assertThat(containers.ensure(desired, secret -> Map.of()))
                .isInstanceOfSatisfying(
                        Outcome.NotYet.class,
                        notYet -> assertThat(notYet.waitingFor()).isEqualTo("the Docker engine to answer"));
        assertThat(containers.remove(tenant, "autostack-test--silent")).isInstanceOf(Outcome.NotYet.class);
        assertThat(containers.removeNetwork(tenant, TenantNetworks.inner(tenant)))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(containers.output(tenant, "autostack-test--silent", 10))
                .isInstanceOf(ContainerOutput.NoAnswer.class);
        assertThatThrownBy(() -> containers.of(tenant)).isInstanceOf(EngineSilent.class);
        assertThatThrownBy(() -> containers.networksOf(tenant)).isInstanceOf(EngineSilent.class);
        assertThat(containers.all()).isEmpty();
    }

    @Test
    void a_crowd_that_asks_the_same_makes_one_connection() throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var pages = IntStream.range(0, 200)
                    .mapToObj(i -> crowd.submit(containers::runtime))
                    .toList();
            for (var page : pages) assertThat(page.get().answers()).isFalse();
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void a_crowd_that_asks_for_many_logs_takes_no_more_than_a_few_connections() throws Exception {
        assertThat(containers.runtime().answers()).isFalse();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var pages = IntStream.range(0, 200)
                    .mapToObj(i -> crowd.submit(() -> containers.output(tenant, "autostack-test--" + i, 10)))
                    .toList();
            for (var page : pages) assertThat(page.get()).isInstanceOf(ContainerOutput.NoAnswer.class);
        }

        assertThat(connections).hasSizeLessThan(20);
    }

    @Test
    void what_was_heard_last_is_said_with_its_age_while_it_hangs_and_it_is_asked_again() {
        answer = Optional.of(VERSION);
        assertThat(containers.runtime().sentence()).isEqualTo("Containers run on the Docker engine 99.9.");

        answer = Optional.empty();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(3)));
        assertThat(containers.runtime().answers())
                .as("nobody waits for the new answer")
                .isTrue();
        Awaitility.await("it is noticed in the background")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !containers.runtime().answers());
        assertThat(containers.runtime().sentence()).contains("does not answer; it did 3 minutes ago");
        assertThat(containers.isSimulated()).isFalse();

        answer = Optional.of(VERSION);
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
        Awaitility.await("it is heard again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> containers.runtime().answers());
    }

    @Test
    void one_that_went_away_is_not_taken_for_none() throws IOException {
        answer = Optional.of(VERSION);
        assertThat(containers.runtime().answers()).isTrue();

        socket.close();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));

        assertThat(containers.isSimulated()).isFalse();
        assertThat(containers.remove(tenant, "autostack-test--gone")).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void s01_an_answer_without_end_is_cut_off() {
        answer = Optional.of("{\"Version\":\"" + "9".repeat(17 * 1024 * 1024) + "\"}");

        assertThat(containers.runtime().answers()).isFalse();
    }

    @Test
    void where_nobody_listens_containers_are_simulated() throws IOException {
        InstantSource clock = now::get;
        try (var engine = new Engine("unix://" + folder.resolve("none.sock"), clock)) {
            assertThat(engine.pulse().state()).isEqualTo(Engine.Pulse.State.ABSENT);
        }
        try (var engine = new Engine("tcp://127.0.0.1:1", clock)) {
            assertThat(engine.pulse().state()).isEqualTo(Engine.Pulse.State.ABSENT);
        }
    }
}
