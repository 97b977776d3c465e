package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What becomes of operations that failed, and of those that have to wait for another one.
@QuarkusTest
class RecoveryTest {

    private final Operations operations;
    private final Scopes scopes;
    private final UUID tenant = UUID.randomUUID();

    @Inject
    RecoveryTest(Operations operations, Scopes scopes) {
        this.operations = operations;
        this.scopes = scopes;
    }

    @Test
    void releasing_undoes_every_step_backwards_and_leaves_evidence() {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.Failed("No room left."));
        var failed = ended(enqueue("one"));

        var rollback = scopes.inPlatform(() -> operations.rollBack(failed.id())).orElseThrow();

        var compensated = ended(rollback);
        assertThat(compensated.state()).isEqualTo(State.DONE);
        assertThat(play.compensated()).containsExactly("second", "first");
        assertThat(compensated.steps())
                .extracting(step -> step.evidence().get("undone"))
                .containsExactly("second", "first");
        assertThat(find(failed.id()).state()).as("what happened stays written").isEqualTo(State.FAILED);
    }

    @Test
    void releasing_twice_undoes_once_and_what_is_released_cannot_go_on() {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.Failed("No room left."));
        var failed = ended(enqueue("one"));

        var first = scopes.inPlatform(() -> operations.rollBack(failed.id()));
        var second = scopes.inPlatform(() -> operations.rollBack(failed.id()));

        assertThat(second).isEqualTo(first);
        ended(first.orElseThrow());
        assertThat(play.compensated()).hasSize(2);
        assertThat(scopes.inPlatform(() -> operations.retry(failed.id()))).isFalse();
        assertThat(scopes.inPlatform(() -> operations.skip(failed.id(), "no need", "tester")))
                .isFalse();
    }

    @Test
    void only_a_failed_operation_is_released() {
        Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        var done = ended(enqueue("one"));

        assertThat(scopes.inPlatform(() -> operations.rollBack(done.id()))).isEmpty();
    }

    @Test
    void a_skipped_step_keeps_the_reason_and_the_rest_goes_on() {
        var play = Rehearsal.play(tenant, attempt -> new Outcome.Failed("The check is out of order."));
        var failed = ended(enqueue("one"));

        assertThat(scopes.inPlatform(() -> operations.skip(failed.id(), "checked by hand", "tester")))
                .isTrue();

        var done = ended(failed.id());
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.steps().get(1).evidence())
                .containsEntry("skipped", "checked by hand")
                .containsEntry("by", "tester");
        assertThat(play.third()).hasValue(1);
    }

    @Test
    void operations_of_one_tenant_take_turns_and_the_second_says_for_whom_it_waits() throws Exception {
        var go = new CountDownLatch(1);
        var play = Rehearsal.play(tenant, attempt -> {
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Outcome.done(Map.of());
        });
        var first = enqueue("one");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> play.second().get() == 1);
        var second = enqueue("two");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(second).message() != null);
        assertThat(find(second).state()).isEqualTo(State.WAITING);
        assertThat(find(second).message()).contains("Waits until");
        assertThat(play.first()).as("the second has not begun").hasValue(1);
        go.countDown();

        assertThat(ended(first).state()).isEqualTo(State.DONE);
        assertThat(ended(second).state()).isEqualTo(State.DONE);
    }

    private UUID enqueue(String key) {
        return scopes.inPlatform(() -> operations.enqueue(Rehearsal.request(tenant, tenant + ":" + key)));
    }

    private Operation ended(UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> find(id).finished());
        return find(id);
    }

    private Operation find(UUID id) {
        return scopes.inPlatform(() -> operations.find(id).orElseThrow());
    }
}
