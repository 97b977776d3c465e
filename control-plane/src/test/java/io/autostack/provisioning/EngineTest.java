package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operations are executed once, step by step, whatever happens in between.
@QuarkusTest
class EngineTest {

    private final Operations operations;
    private final OperationExecutor keeper;
    private final Ledger ledger;
    private final Kinds kinds;
    private final Scopes scopes;
    private final UUID tenant = UUID.randomUUID();
    private final String key = "rehearsal:" + tenant;

    @Inject
    EngineTest(Operations operations, OperationExecutor keeper, Ledger ledger, Kinds kinds, Scopes scopes) {
        this.operations = operations;
        this.keeper = keeper;
        this.ledger = ledger;
        this.kinds = kinds;
        this.scopes = scopes;
    }

    @Test
    void steps_are_asked_in_order_and_learn_from_each_other() {
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of("built", "it")));

        var operation = ended(enqueue());

        assertThat(operation.state()).isEqualTo(State.DONE);
        assertThat(operation.steps()).extracting(Operation.StepRecord::state).containsOnly(State.DONE);
        assertThat(operation.steps().get(1).evidence()).containsEntry("built", "it");
        assertThat(operation.learned().find("learned")).contains("something");
        assertThat(play.first()).hasValue(1);
        assertThat(play.third()).hasValue(1);
    }

    @Test
    void a_step_that_is_not_there_yet_is_asked_again() {
        var play = Rehearsal.play(
                tenant,
                attempt ->
                        attempt < 3 ? new Outcome.NotYet("the cloud", Duration.ofMillis(10)) : Outcome.done(Map.of()));

        var operation = ended(enqueue());

        assertThat(operation.state()).isEqualTo(State.DONE);
        assertThat(operation.steps().get(1).attempts()).isEqualTo(3);
        assertThat(play.first()).as("earlier steps are not repeated").hasValue(1);
    }

    @Test
    void a_failed_step_ends_the_operation_with_its_reason_and_retry_goes_on_there() {
        var play = Rehearsal.play(
                tenant, attempt -> attempt == 1 ? new Outcome.Failed("No room left.") : Outcome.done(Map.of()));
        var id = enqueue();

        var failed = ended(id);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).isEqualTo("No room left.");
        assertThat(failed.steps())
                .extracting(Operation.StepRecord::state)
                .containsExactly(State.DONE, State.FAILED, State.WAITING);
        assertThat(play.third()).hasValue(0);

        assertThat(retry(id)).isTrue();

        assertThat(ended(id).state()).isEqualTo(State.DONE);
        assertThat(play.first()).as("what is done stays done").hasValue(1);
        assertThat(play.second()).hasValue(2);
        assertThat(retry(id)).as("nothing to retry any more").isFalse();
    }

    @Test
    void a_step_that_throws_is_tried_again() {
        Rehearsal.play(tenant, attempt -> {
            if (attempt < 3) throw new IllegalStateException("connection reset (on purpose)");
            return Outcome.done(Map.of());
        });
        var id = enqueue();

        assertThat(pushed(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_step_that_throws_every_time_fails_at_last_with_a_sentence_for_the_user() {
        var play = Rehearsal.play(tenant, attempt -> {
            throw new IllegalStateException("down for good (on purpose)");
        });
        var id = enqueue();

        var failed = pushed(id);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.steps().get(1).failures()).isEqualTo(Retries.MAX_FAILURES);
        assertThat(play.second().get()).isGreaterThanOrEqualTo(Retries.MAX_FAILURES);
        assertThat(failed.message()).contains("did not answer 8 times").doesNotContain("on purpose");
    }

    @Test
    void waiting_long_leaves_a_step_all_its_tries_for_outages() {
        Rehearsal.play(tenant, attempt -> {
            if (attempt <= 12) return new Outcome.NotYet("the cloud", Duration.ofMillis(1));
            if (attempt < 18) throw new IllegalStateException("connection reset (on purpose)");
            return Outcome.done(Map.of());
        });

        assertThat(pushed(enqueue()).state()).isEqualTo(State.DONE);
    }

    @Test
    void m04_a_wait_between_failures_gives_a_step_all_its_tries_again() {
        Rehearsal.play(tenant, attempt -> {
            if (attempt == 6) return new Outcome.NotYet("the cloud", Duration.ofMillis(1));
            if (attempt < 12) throw new IllegalStateException("connection reset (on purpose)");
            return Outcome.done(Map.of());
        });

        assertThat(pushed(enqueue()).state()).isEqualTo(State.DONE);
    }

    @Test
    void m01_a_step_that_has_had_its_time_fails_and_says_what_it_waited_for() throws SQLException {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.NotYet("the cloud", Duration.ofMillis(1)));
        var id = enqueue();
        Awaitility.await().until(() -> play.second().get() > 1);

        Server.execute("autostack", """
                update provisioning.step set started_at = started_at - interval '41 minutes'
                 where name = 'second' and operation_id = '%s'
                """.formatted(id));

        var failed = pushed(id);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).contains("“Do what the test says” was not done within 40 minutes");
        assertThat(failed.steps().get(1).waitedInVain()).isTrue();
        assertThat(failed.steps().get(1).evidence()).containsEntry("waited for", "the cloud");
    }

    @Test
    void m02_two_changes_of_one_reading_are_one_change() {
        Rehearsal.play(
                tenant,
                attempt -> attempt == 1
                        ? new Outcome.NotYet("the end of the test", Duration.ofHours(1))
                        : Outcome.done(Map.of()));
        var id = enqueue();
        Awaitility.await().until(() -> "the end of the test".equals(find(id).message()));
        var read = find(id);

        var change = OperationChange.answered(read, read.learned(), "changed");

        assertThat(ledger.<Boolean>alone(connection -> ledger.change(connection, change)))
                .isTrue();
        assertThat(ledger.<Boolean>alone(connection -> ledger.change(connection, change)))
                .isFalse();
        assertThat(pushed(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void what_lives_elsewhere_is_left_to_the_replica_there_and_said() {
        var play = Rehearsal.play(tenant, attempt -> {
            if (attempt < 12) throw new LivesElsewhere("It lives on the host “b”.");
            return Outcome.done(Map.of());
        });
        var id = enqueue();
        Awaitility.await().until(() -> play.second().get() > 0 && find(id).message() != null);

        assertThat(find(id).message()).isEqualTo("It lives on the host “b”.");
        assertThat(pushed(id).state()).isEqualTo(State.DONE);
    }

    @Test
    void an_operation_is_rolled_back_with_the_transaction_that_enqueued_it() {
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));

        assertThatThrownBy(() -> scopes.inPlatform(() -> {
                    operations.enqueue(Rehearsal.request(tenant, key));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessageContaining("changed my mind");

        assertThat(scopes.inPlatform(() -> operations.latest(tenant, 10))).isEmpty();
        ended(enqueue());
        assertThat(play.first())
                .as("worked on once, for the operation that was enqueued")
                .hasValue(1);
    }

    @Test
    void enqueueing_needs_a_transaction() {
        assertThatThrownBy(() -> operations.enqueue(Rehearsal.request(tenant, key)))
                .hasStackTraceContaining("TransactionRequired");
    }

    @Test
    void the_same_request_key_makes_one_operation_also_when_many_ask_at_once() throws Exception {
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        try (var pool = Executors.newFixedThreadPool(8)) {
            var ids =
                    pool
                            .invokeAll(IntStream.range(0, 8)
                                    .<Callable<UUID>>mapToObj(i -> this::enqueue)
                                    .toList())
                            .stream()
                            .map(future -> future.resultNow())
                            .distinct()
                            .toList();

            assertThat(ids).hasSize(1);
            ended(ids.getFirst());
        }
        assertThat(play.third()).hasValue(1);
    }

    private record UnheardOf(UUID tenant, UUID change, String slug) implements OperationRequest {}

    @Test
    void an_unknown_kind_of_operation_is_never_enqueued() {
        assertThatThrownBy(
                        () -> scopes.inPlatform(() -> operations.enqueue(new UnheardOf(tenant, tenant, "unheard-of"))))
                .hasMessageContaining("UnheardOf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "request || '{\"more\": 1}'; more",
                "request - 'change'; change",
                "'{\"tenant\": null, \"change\": null}'; tenant",
                "'{\"tenant\": 7, \"change\": []}'; UUID",
                "'[]'; Request"
            })
    void a_request_that_this_version_cannot_read_fails_its_operation_and_nothing_else(String written, String why)
            throws SQLException {
        var play = Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        var id = Rehearsal.written(ledger, kinds, tenant, key);
        var asked = Server.texts(
                        "autostack", "select request::text from provisioning.operation where id = '%s'".formatted(id))
                .getFirst();
        set(id, written);

        assertThat(keeper.goOn(id)).isEmpty();

        var failed = find(id);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message())
                .startsWith("What this operation was asked for cannot be read by this version of AutoStack: ")
                .contains(why)
                .endsWith("Run the version that accepted the operation.");
        assertThat(failed.find(OperationRequest.class)).isEmpty();
        assertThat(play.completed())
                .as("its owner could not be told what it is about")
                .isEmpty();
        assertThat(scopes.inPlatform(() -> operations.rollBack(id))).isEmpty();

        set(id, "'" + asked + "'");
        assertThat(retry(id)).isTrue();
        assertThat(ended(id).state()).isEqualTo(State.DONE);
    }

    private static void set(UUID operation, String request) throws SQLException {
        Server.execute(
                "autostack",
                "update provisioning.operation set request = (%s)::jsonb where id = '%s'"
                        .formatted(request, operation));
    }

    private UUID enqueue() {
        return scopes.inPlatform(() -> operations.enqueue(Rehearsal.request(tenant, key)));
    }

    private boolean retry(UUID id) {
        return scopes.inPlatform(() -> operations.retry(id));
    }

    private Operation ended(UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> find(id).finished());
        return find(id);
    }

    /// Without waiting for the pauses between attempts: another worker that finds the operation goes on with it.
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
        return QuarkusTransaction.requiringNew()
                .call(() -> scopes.inPlatform(() -> operations.find(id).orElseThrow()));
    }
}
