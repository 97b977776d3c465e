package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// Two complete workers fight over one queue.
@QuarkusTest
class TwoWorkersTest {

    private static final int OPERATIONS = 60;
    private static final int OF_ONE_TENANT = 3;

    private final Operations operations;
    private final Scopes scopes;
    private final Workers workers;
    private final OperationExecutor keeper;

    @Inject
    TwoWorkersTest(Operations operations, Scopes scopes, Workers workers, OperationExecutor keeper) {
        this.keeper = keeper;
        this.operations = operations;
        this.scopes = scopes;
        this.workers = workers;
    }

    /// How many are inside the middle step of one tenant's operations, and how many there were at most.
    private record Inside(AtomicInteger now, AtomicInteger max) {

        Outcome during(Supplier<Outcome> work) {
            max.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                return work.get();
            } finally {
                now.decrementAndGet();
            }
        }
    }

    @Test
    void no_operation_is_worked_on_twice_at_once_and_all_of_them_end() {
        int usualBefore = workers.usual().worked();
        try (var second = workers.another(InstantSource.system()).start()) {
            var inside = new ArrayList<Inside>();
            var plays = new ArrayList<Rehearsal.Play>();
            var asked = new ArrayList<UUID>();
            for (int t = 0; t < OPERATIONS / OF_ONE_TENANT; t++) {
                var tenant = UUID.randomUUID();
                var watch = new Inside(new AtomicInteger(), new AtomicInteger());
                inside.add(watch);
                plays.add(Rehearsal.play(
                        tenant,
                        attempt -> watch.during(
                                () -> second.worked() > 0 && workers.usual().worked() > usualBefore && attempt % 4 == 0
                                        ? Outcome.done(Map.of())
                                        : new Outcome.NotYet("the other worker", Duration.ofMillis(5)))));
                IntStream.range(0, OF_ONE_TENANT).forEach(i -> asked.add(enqueue(tenant, i)));
            }

            asked.forEach(id -> assertThat(ended(id).state()).isEqualTo(State.DONE));

            assertThat(inside).allSatisfy(watch -> assertThat(watch.max()).hasValue(1));
            assertThat(plays).allSatisfy(play -> {
                assertThat(play.first()).as("a step that is done stays done").hasValue(OF_ONE_TENANT);
                assertThat(play.third()).hasValue(OF_ONE_TENANT);
            });
            assertThat(List.of(second.worked(), workers.usual().worked() - usualBefore))
                    .as("both took part")
                    .doesNotContain(0);
        }
    }

    @Test
    void a_step_that_takes_longer_than_a_lease_is_not_taken_over() {
        var tenant = UUID.randomUUID();
        var inside = new Inside(new AtomicInteger(), new AtomicInteger());
        try (var second = workers.another(InstantSource.system()).start()) {
            Rehearsal.play(
                    tenant,
                    attempt -> inside.during(() -> {
                        Workers.lookForTheDead(4, second, workers.usual());
                        return Outcome.done(Map.of());
                    }));

            var operation = ended(enqueue(tenant, 0));

            assertThat(operation.state()).isEqualTo(State.DONE);
            assertThat(operation.steps().get(1).attempts()).isEqualTo(1);
            assertThat(inside.max()).hasValue(1);
        }
    }

    @Test
    void an_operation_that_is_retried_waits_for_the_one_that_runs_meanwhile() {
        var tenant = UUID.randomUUID();
        var inside = new Inside(new AtomicInteger(), new AtomicInteger());
        var go = new AtomicInteger();
        Rehearsal.play(
                tenant,
                attempt -> inside.during(() -> {
                    if (attempt == 1) return new Outcome.Failed("No room left.");
                    return go.get() == 1
                            ? Outcome.done(Map.of())
                            : new Outcome.NotYet("the test", Duration.ofMillis(20));
                }));
        var first = enqueue(tenant, 1);
        assertThat(ended(first).state()).isEqualTo(State.FAILED);
        var second = enqueue(tenant, 2);
        Awaitility.await().until(() -> find(second).state() == State.RUNNING);

        assertThat(scopes.inPlatform(() -> operations.retry(first))).isTrue();

        Awaitility.await().until(() -> find(first).message() != null);
        assertThat(find(first).state()).isEqualTo(State.WAITING);
        assertThat(find(first).message()).contains("Waits until");
        go.set(1);
        assertThat(ended(second).state()).isEqualTo(State.DONE);
        assertThat(ended(first).state()).isEqualTo(State.DONE);
    }

    @Test
    void m03_two_workers_that_hear_of_one_failure_end_it_once() throws Exception {
        var tenant = UUID.randomUUID();
        var both = new CyclicBarrier(2);
        var play = Rehearsal.play(tenant, attempt -> {
            meet(both);
            return new Outcome.Failed("No room left.");
        });
        var id = enqueue(tenant, 0);
        try (var second = Executors.newVirtualThreadPerTaskExecutor()) {
            Awaitility.await("the usual worker is inside").until(() -> both.getNumberWaiting() == 1);
            second.submit(() -> keeper.goOn(id));
        }

        assertThat(ended(id).state()).isEqualTo(State.FAILED);
        assertThat(find(id).message()).isEqualTo("No room left.");
        assertThat(play.second()).hasValue(2);
        assertThat(play.completed()).containsExactly(State.FAILED);
    }

    @Test
    void m05_nobody_begins_while_somebody_decides_about_the_tenants_turn() throws Exception {
        var tenant = UUID.randomUUID();
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        UUID id;
        try (var other = Server.asSuperuser("autostack");
                var lock = other.prepareStatement("select pg_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "turn:" + tenant);
            lock.execute();
            id = enqueue(tenant, 0);
            Awaitility.await("the worker waits for its turn")
                    .until(() ->
                            Server.texts("autostack", """
                    select held.pid::text from pg_locks held join pg_locks waiting using (locktype, classid, objid)
                     where held.locktype = 'advisory' and held.granted and not waiting.granted
                       and held.pid = %s
                    """.formatted(pid(other))).size() == 1);

            assertThat(find(id).state()).isEqualTo(State.WAITING);
            assertThat(play.first()).hasValue(0);
        }

        assertThat(ended(id).state()).isEqualTo(State.DONE);
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("nobody else came", e);
        }
    }

    private UUID enqueue(UUID tenant, int number) {
        return scopes.inPlatform(() -> operations.enqueue(Rehearsal.request(tenant, tenant + ":" + number)));
    }

    private Operation ended(UUID id) {
        Awaitility.await("operation " + id + " ends")
                .atMost(Duration.ofMinutes(2))
                .until(() -> find(id).finished());
        return find(id);
    }

    private Operation find(UUID id) {
        return scopes.inPlatform(() -> operations.find(id).orElseThrow());
    }
}
