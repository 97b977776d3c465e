package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker on a machine whose clock is an hour wrong works like any other.
@QuarkusTest
class WrongClockTest {

    private final Operations operations;
    private final Scopes scopes;
    private final Workers workers;
    private final DataSource database;
    private final UUID tenant = UUID.randomUUID();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger max = new AtomicInteger();

    @Inject
    WrongClockTest(Operations operations, Scopes scopes, Workers workers, DataSource database) {
        this.operations = operations;
        this.scopes = scopes;
        this.workers = workers;
        this.database = database;
    }

    @ParameterizedTest(name = "{0} h")
    @ValueSource(ints = {1, -1})
    void it_takes_nothing_away_from_a_worker_that_lives(int hours) {
        var go = new CountDownLatch(1);
        held(go);
        var id = enqueue();
        Awaitility.await().until(() -> inside.get() == 1);

        try (var wrong = workers.another(clock(hours)).start()) {
            Workers.lookForTheDead(2, wrong, workers.usual());
            go.countDown();
            ended(id);
        }

        assertWorkedOnOnce(id);
    }

    @ParameterizedTest(name = "{0} h")
    @ValueSource(ints = {1, -1})
    void nothing_is_taken_away_from_it(int hours) {
        var go = new CountDownLatch(1);
        held(go);
        workers.usual().pause();
        try (var wrong = workers.another(clock(hours)).start()) {
            var id = enqueue();
            Awaitility.await("the worker with the wrong clock begins").until(() -> inside.get() == 1);
            workers.usual().resume();

            Workers.lookForTheDead(2, wrong, workers.usual());
            go.countDown();
            ended(id);

            assertWorkedOnOnce(id);
        } finally {
            workers.usual().resume();
        }
    }

    @ParameterizedTest(name = "{0} h")
    @ValueSource(ints = {1, -1})
    void alone_it_asks_again_in_time_gives_no_step_up_and_takes_over_what_a_dead_worker_left(int hours)
            throws SQLException {
        workers.usual().pause();
        try {
            Rehearsal.play(
                    tenant,
                    attempt -> attempt < 4
                            ? new Outcome.NotYet("the cloud", Duration.ofMillis(10))
                            : Outcome.done(Map.of()));
            var id = enqueue();
            leftByADeadWorker(id);

            try (var wrong = workers.another(clock(hours)).start()) {
                var operation = ended(id);

                assertThat(operation.message()).isNull();
                assertThat(operation.state()).isEqualTo(State.DONE);
                assertThat(wrong.worked()).isPositive();
            }
        } finally {
            workers.usual().resume();
        }
    }

    @ParameterizedTest(name = "{0} h")
    @ValueSource(ints = {1, -1})
    void the_ledgers_time_is_the_databases(int hours) throws SQLException {
        var before = databaseTime();

        var now = new LedgerTime(database, clock(hours)).now();

        assertThat(now).isBetween(before, databaseTime());
    }

    @Test
    void until_the_database_answers_the_machines_clock_has_to_do() {
        var machine = Instant.parse("2026-11-21T12:00:00Z");
        var unreachable = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException("no route to host (on purpose)");
                });

        assertThat(new LedgerTime(unreachable, () -> machine).now()).isEqualTo(machine);
    }

    @Test
    void nobody_sleeps_for_an_hour_because_the_databases_clock_is_set_back_by_one() throws SQLException {
        Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        workers.usual().pause();
        try (var clock = new DatabaseClock()) {
            var time = clock.time();
            assertThat(time.now()).isAfter(databaseTime().plus(Duration.ofMinutes(59)));
            try (var alone = workers.another(time).start()) {
                ended(enqueue());
                clock.set();
                Awaitility.await("the hour is noticed")
                        .until(() -> time.now().isBefore(databaseTime().plus(Duration.ofMinutes(1))));

                ended(enqueue());
                assertThat(alone.worked()).isPositive();
            }
        } finally {
            workers.usual().resume();
        }
    }

    private static InstantSource clock(int hoursAhead) {
        return InstantSource.offset(InstantSource.system(), Duration.ofHours(hoursAhead));
    }

    private void held(CountDownLatch go) {
        Rehearsal.play(tenant, attempt -> {
            max.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                go.await();
                return Outcome.done(Map.of());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                inside.decrementAndGet();
            }
        });
    }

    private void assertWorkedOnOnce(UUID id) {
        var operation = find(id);
        assertThat(operation.state()).isEqualTo(State.DONE);
        assertThat(operation.steps().get(1).attempts()).isEqualTo(1);
        assertThat(max).as("at the same time").hasValue(1);
    }

    private static void leftByADeadWorker(UUID id) throws SQLException {
        try (var server = Server.asSuperuser("autostack");
                var update = server.prepareStatement("""
                        update provisioning.scheduled_task
                           set picked = true, picked_by = 'worker-that-died', last_heartbeat = now() - interval '1 minute'
                         where task_instance like ?
                        """)) {
            update.setString(1, id + "/%");
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static Instant databaseTime() throws SQLException {
        try (var server = Server.asSuperuser("autostack");
                var select = server.createStatement();
                var row = select.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    private UUID enqueue() {
        return scopes.inPlatform(() -> operations.enqueue(Rehearsal.request(tenant, "clock:" + UUID.randomUUID())));
    }

    private Operation ended(UUID id) {
        Awaitility.await("operation " + id + " ends")
                .atMost(Duration.ofMinutes(1))
                .until(() -> find(id).finished());
        return find(id);
    }

    private Operation find(UUID id) {
        return scopes.inPlatform(() -> operations.find(id).orElseThrow());
    }
}
