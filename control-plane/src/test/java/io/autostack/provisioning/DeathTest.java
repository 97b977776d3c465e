package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// A process that dies with an operation comes back, and does not die of it for ever. For the ledger a process is dead
/// when it has begun something and is never heard of again; each one here is a keeper of its own.
@QuarkusTest
class DeathTest {

    private final Operations operations;
    private final Ledger ledger;
    private final Kinds kinds;
    private final LedgerTime time;
    private final Scopes scopes;
    private final UUID tenant = UUID.randomUUID();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger deaths = new AtomicInteger();
    private final AtomicInteger session = new AtomicInteger();

    @Inject
    DeathTest(Operations operations, Ledger ledger, Kinds kinds, LedgerTime time, Scopes scopes) {
        this.operations = operations;
        this.ledger = ledger;
        this.kinds = kinds;
        this.time = time;
        this.scopes = scopes;
    }

    @AfterEach
    void bury() {
        end.countDown();
    }

    @Test
    void s01_an_operation_that_killed_its_process_twice_is_set_aside_and_named() {
        var play = Rehearsal.play(tenant, attempt -> attempt <= 2 ? dies() : Outcome.done(Map.of()));
        var id = written(tenant);

        killedBy(id);
        killedBy(id);
        assertThat(process().goOn(id)).isEmpty();

        var operation = find(id);
        assertThat(operation.state()).isEqualTo(State.FAILED);
        assertThat(operation.message()).contains("Do what the test says", "2 times in a row", "set aside", "Retry");
        assertThat(operation.steps().get(1).state()).isEqualTo(State.FAILED);
        assertThat(play.second()).as("nobody asked a third time").hasValue(2);
        assertThat(play.completed()).containsExactly(State.FAILED);
    }

    @Test
    void s01_a_person_may_retry_what_was_set_aside() {
        Rehearsal.play(tenant, attempt -> attempt <= 2 ? dies() : Outcome.done(Map.of()));
        var id = written(tenant);
        killedBy(id);
        killedBy(id);
        process().goOn(id);

        assertThat(scopes.inPlatform(() -> operations.retry(id))).isTrue();

        assertThat(ended(id).state()).isEqualTo(State.DONE);
        assertThat(find(id).unanswered()).isZero();
    }

    @Test
    void s01_a_process_that_is_ended_honestly_does_not_count() {
        Rehearsal.play(tenant, attempt -> attempt <= 4 ? dies() : Outcome.done(Map.of()));
        var id = written(tenant);

        for (int restart = 0; restart < 4; restart++) killedBy(id).giveBack();

        assertThat(process().goOn(id)).isEmpty();
        assertThat(find(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void s01_an_answer_between_two_deaths_clears_the_operation() {
        Rehearsal.play(tenant, attempt -> switch (attempt) {
            case 1, 3 -> dies();
            case 2 -> new Outcome.NotYet("the test", Duration.ofHours(1));
            default -> Outcome.done(Map.of());
        });
        var id = written(tenant);

        killedBy(id);
        assertThat(process().goOn(id)).isPresent();
        killedBy(id);

        assertThat(process().goOn(id)).isEmpty();
        assertThat(find(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void s01_the_death_of_a_process_is_laid_at_the_door_of_one_operation_only() {
        var innocent = UUID.randomUUID();
        var killer = Rehearsal.play(tenant, attempt -> dies());
        var other = Rehearsal.play(innocent, attempt -> attempt == 1 ? dies() : Outcome.done(Map.of()));
        var guilty = written(tenant);
        var bystander = written(innocent);
        var first = process();
        killedBy(first, guilty);
        killedBy(first, bystander);

        var second = process();
        killedBy(second, guilty);
        assertThat(second.goOn(bystander)).as("waits for its turn").isPresent();
        assertThat(other.second()).hasValue(1);

        var third = process();
        third.goOn(guilty);
        third.goOn(bystander);
        assertThat(find(guilty).state()).isEqualTo(State.FAILED);
        assertThat(find(bystander).state()).isEqualTo(State.DONE);
        assertThat(killer.second()).hasValue(2);
    }

    @Test
    void s01_an_end_that_kills_the_process_is_set_aside_as_well() {
        var play = Rehearsal.play(
                tenant, attempt -> Outcome.done(Map.of()), operation -> dieIf(operation, State.DONE::equals));
        var id = written(tenant);

        killedBy(id);
        killedBy(id);
        assertThat(process().goOn(id)).isEmpty();

        assertThat(find(id).state()).isEqualTo(State.FAILED);
        assertThat(find(id).message()).contains("Its end was being written down", "set aside");
        assertThat(play.completed()).containsExactly(State.DONE, State.DONE, State.FAILED);
    }

    @Test
    void s01_an_owner_that_kills_the_process_whatever_it_is_told_is_not_told_again() {
        var play = Rehearsal.play(tenant, attempt -> dies(), operation -> dieIf(operation, state -> true));
        var id = written(tenant);

        for (int death = 0; death < 3; death++) killedBy(id);
        assertThat(process().goOn(id)).isEmpty();

        assertThat(find(id).state()).isEqualTo(State.FAILED);
        assertThat(play.completed()).containsExactly(State.FAILED);
    }

    @Test
    void s01_a_step_that_needs_more_memory_than_there_is_fails_its_operation_and_nothing_else() {
        Rehearsal.play(tenant, attempt -> {
            throw new OutOfMemoryError("on purpose");
        });
        var id = written(tenant);

        assertThat(process().goOn(id)).isEmpty();

        assertThat(find(id).state()).isEqualTo(State.FAILED);
        assertThat(find(id).message()).contains("more memory than there is");
    }

    @Test
    void s01_what_a_step_says_is_kept_up_to_a_length() {
        var much = "A".repeat(5_000_000);
        Rehearsal.play(
                tenant,
                attempt -> attempt == 1
                        ? new Outcome.NotYet(much, Duration.ofHours(1))
                        : Outcome.done(Map.of("long", much, "nul", "a\0b", "half", "a\uD800")));
        var id = written(tenant);

        process().goOn(id);
        assertThat(find(id).message()).hasSize(Bounded.SENTENCE).endsWith("…");
        process().goOn(id);

        assertThat(find(id).state()).isEqualTo(State.DONE);
        assertThat(find(id).steps().get(1).evidence().get("long"))
                .hasSize(Bounded.EVIDENCE)
                .endsWith("…");
        assertThat(find(id).steps().get(1).evidence())
                .containsEntry("nul", "a\uFFFDb")
                .containsEntry("half", "a\uFFFD");
    }

    @Test
    void s01_more_than_can_be_learned_fails_the_operation() {
        for (var learned : List.of("A".repeat(1_000_000), "a\0b")) {
            var other = UUID.randomUUID();
            Rehearsal.play(other, attempt -> new Outcome.Done(Map.of(), Map.of("much", learned), false));
            var id = written(other);

            assertThat(process().goOn(id)).isEmpty();

            assertThat(find(id).state()).isEqualTo(State.FAILED);
            assertThat(find(id).message()).contains("learned more than an operation can keep");
        }
    }

    /// Whoever gets here is not heard of again, until the test is over.
    private Outcome dies() {
        deaths.incrementAndGet();
        Awaitility.await().forever().until(() -> end.getCount() == 0);
        return new Outcome.Failed("The test is over.");
    }

    private void dieIf(Operation operation, Predicate<State> when) {
        if (!when.test(operation.state())) return;
        session.set(
                ledger.with(connection -> connection.unwrap(PGConnection.class).getBackendPID()));
        dies();
    }

    private OperationExecutor killedBy(UUID operation) {
        return killedBy(process(), operation);
    }

    private OperationExecutor killedBy(OperationExecutor process, UUID operation) {
        int before = deaths.get();
        Thread.startVirtualThread(() -> process.goOn(operation));
        Awaitility.await("it dies").until(() -> deaths.get() == before + 1);
        int open = session.getAndSet(0);
        if (open != 0) endSession(open);
        return process;
    }

    /// As the end of a process ends its transactions.
    private static void endSession(int session) {
        try {
            Server.execute("autostack", "select pg_terminate_backend(" + session + ", 30000)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private OperationExecutor process() {
        return new OperationExecutor(ledger, kinds, time);
    }

    /// An operation that nobody but the test takes up.
    private UUID written(UUID tenant) {
        return Rehearsal.written(ledger, kinds, tenant, "death:" + tenant);
    }

    private Operation ended(UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> find(id).finished());
        return find(id);
    }

    private Operation find(UUID id) {
        return ledger.alone(connection -> ledger.find(connection, id).orElseThrow());
    }
}
