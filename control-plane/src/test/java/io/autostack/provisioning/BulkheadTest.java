package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Operation.State;
import io.autostack.shared.Scopes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Looks, operations, and operations that take long have threads of their own: none of them waits for another.
@QuarkusTest
class BulkheadTest {

    private static final int MORE_THAN_THERE_ARE_THREADS = 8;

    private final Operations operations;
    private final Scopes scopes;
    private final RehearsedPeriodicTask.Slow slow;
    private final RehearsedPeriodicTask.Quick quick;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final List<UUID> asked = new ArrayList<>();

    @Inject
    BulkheadTest(
            Operations operations, Scopes scopes, RehearsedPeriodicTask.Slow slow, RehearsedPeriodicTask.Quick quick) {
        this.operations = operations;
        this.scopes = scopes;
        this.slow = slow;
        this.quick = quick;
    }

    @AfterEach
    void goOn() {
        go.countDown();
        slow.goOn();
        for (var id : asked) ended(id);
    }

    @Test
    void a_look_that_hangs_stops_neither_other_looks_nor_operations() {
        slow.hang();
        Awaitility.await().until(slow::hangs);

        keepsRunning();
        assertThat(ended(enqueue(Rehearsal.KIND, atOnce())).state()).isEqualTo(State.DONE);
    }

    @Test
    void operations_that_hang_stop_neither_looks_nor_those_that_take_long() {
        for (int each = 0; each < MORE_THAN_THERE_ARE_THREADS; each++) enqueue(Rehearsal.KIND, hanging());
        Awaitility.await("every thread hangs").until(() -> hanging.get() == 4);

        keepsRunning();
        assertThat(ended(enqueue(LongRehearsal.KIND, atOnce())).state()).isEqualTo(State.DONE);
    }

    @Test
    void operations_that_take_long_stop_neither_looks_nor_others() {
        for (int each = 0; each < MORE_THAN_THERE_ARE_THREADS; each++) enqueue(LongRehearsal.KIND, hanging());
        Awaitility.await("every thread hangs").until(() -> hanging.get() == 2);

        keepsRunning();
        assertThat(ended(enqueue(Rehearsal.KIND, atOnce())).state()).isEqualTo(State.DONE);
    }

    private void keepsRunning() {
        int before = quick.runs();
        Awaitility.await("looks go on").atMost(Duration.ofSeconds(30)).until(() -> quick.runs() > before);
    }

    private UUID atOnce() {
        var tenant = UUID.randomUUID();
        Rehearsal.play(tenant, attempt -> Outcome.done(Map.of()));
        return tenant;
    }

    private UUID hanging() {
        var tenant = UUID.randomUUID();
        Rehearsal.play(tenant, attempt -> {
            hanging.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Outcome.done(Map.of());
        });
        return tenant;
    }

    private UUID enqueue(String kind, UUID tenant) {
        var id = scopes.inPlatform(() -> operations.enqueue(Rehearsal.request(kind, tenant, "bulkhead:" + tenant)));
        asked.add(id);
        return id;
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
