package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Whoever owns a kind of operation may fail to take note of its end, and a list of steps may fail to be made: that is
/// tried again for as long as an outage lasts, and ends as a failure that a person can do something about.
@QuarkusTest
class CompletionHandlerTest {

    private final Operations operations;
    private final OperationExecutor keeper;
    private final Ledger ledger;
    private final Kinds kinds;
    private final Scopes scopes;
    private final UUID tenant = UUID.randomUUID();

    @Inject
    CompletionHandlerTest(Operations operations, OperationExecutor keeper, Ledger ledger, Kinds kinds, Scopes scopes) {
        this.operations = operations;
        this.keeper = keeper;
        this.ledger = ledger;
        this.kinds = kinds;
        this.scopes = scopes;
    }

    @Test
    void an_owner_who_cannot_take_note_is_told_again() {
        var told = new AtomicInteger();
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()), operation -> {
            if (told.incrementAndGet() < 4) throw new IllegalStateException("connection reset (on purpose)");
        });

        var operation = pushed(enqueue());

        assertThat(operation.state()).isEqualTo(State.DONE);
        assertThat(operation.unhandled()).isZero();
        assertThat(play.completed()).hasSize(4).containsOnly(State.DONE);
        assertThat(play.third()).as("no step is repeated for it").hasValue(1);
    }

    @Test
    void an_end_that_can_never_be_noted_is_a_failure_that_says_so_and_can_be_retried() {
        var broken = new AtomicBoolean(true);
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()), operation -> {
            if (broken.get() && operation.state() == State.DONE) throw new IllegalStateException("a bug (on purpose)");
        });
        var id = enqueue();

        var failed = pushed(id);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message())
                .contains("All steps are done", "8 times in a row", "Retry")
                .doesNotContain("on purpose");
        assertThat(play.completed().getLast()).isEqualTo(State.FAILED);
        broken.set(false);
        assertThat(scopes.inPlatform(() -> operations.retry(id))).isTrue();
        assertThat(ended(id).state()).isEqualTo(State.DONE);
        assertThat(play.third()).as("what the last step found may be long ago").hasValue(2);
        assertThat(play.second()).hasValue(1);
    }

    @Test
    void an_owner_who_cannot_take_note_of_anything_keeps_no_operation_running() {
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()), operation -> {
            throw new StackOverflowError("on purpose");
        });

        var failed = pushed(enqueue());

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(play.completed()).hasSize(Retries.MAX_FAILURES + 1);
    }

    @Test
    void a_failure_that_cannot_be_noted_ends_as_a_failure_all_the_same() {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.Failed("No room left."), operation -> {
            throw new IllegalStateException("a bug (on purpose)");
        });

        var failed = pushed(enqueue());

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).startsWith("No room left.").contains("could not be written down, 8 times");
        assertThat(failed.steps().get(1).state()).isEqualTo(State.FAILED);
        assertThat(play.completed()).hasSize(Retries.MAX_FAILURES);
    }

    @Test
    void a_list_of_steps_that_cannot_be_made_fails_at_last_and_is_still_shown() {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.NotYet("the test", Duration.ofMillis(1)));
        var id = enqueue();
        keeper.goOn(id);
        play.listed().set(false);

        var failed = pushed(id);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).contains("did not answer 8 times in a row");
        assertThat(operations.maySkip(failed)).isFalse();
        assertThat(operations.built(failed)).isEqualTo(Collections.emptyMap());
    }

    @Test
    void an_operation_is_released_or_goes_on_and_never_both() throws Exception {
        Rehearsal.play(tenant, attempt -> new Outcome.Failed("No room left."));
        var id = enqueue();
        pushed(id);
        var released = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(2)) {
            var rollback = pool.submit(() -> scopes.inPlatform(() -> {
                var enqueued = operations.rollBack(id);
                released.countDown();
                await(goOn);
                return enqueued;
            }));
            await(released);
            var retry = pool.submit(() -> scopes.inPlatform(() -> operations.retry(id)));
            Awaitility.await("the one waits for the other").until(CompletionHandlerTest::somebodyWaitsForALedgerRow);
            goOn.countDown();

            assertThat(rollback.get()).isPresent();
            assertThat(retry.get()).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean somebodyWaitsForALedgerRow() throws SQLException {
        return !Server.texts(
                        "autostack",
                        "select pid::text from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and query like '%provisioning.operation%for no key update%'")
                .isEmpty();
    }

    @Test
    void an_operation_that_nobody_can_read_is_set_aside() {
        Rehearsal.play(tenant, attempt -> new Outcome.NotYet("the end of the test", Duration.ofHours(1)));
        var id = enqueue();
        keeper.goOn(id);

        keeper.abandon(id);

        assertThat(find(id).state()).isEqualTo(State.FAILED);
        assertThat(find(id).message()).contains("could not be worked on");
    }

    /// Written down without being handed to the worker: two that push it would tell the owner twice.
    private UUID enqueue() {
        return Rehearsal.written(ledger, kinds, tenant, "settled:" + tenant);
    }

    private Operation ended(UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> find(id).finished());
        return find(id);
    }

    /// Without waiting for the pauses between attempts.
    private Operation pushed(UUID id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    keeper.goOn(id);
                    return find(id).finished();
                });
        return find(id);
    }

    private Operation find(UUID id) {
        return scopes.inPlatform(() -> operations.find(id).orElseThrow());
    }
}
