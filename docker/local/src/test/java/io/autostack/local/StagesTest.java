package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.StartFailed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void parts_start_side_by_side_and_each_says_how_long_it_took() {
        var met = new CountDownLatch(2);
        try (var stages = new Stages(told::add)) {
            var one = stages.begin("database", "ready", () -> meet(met));
            var other = stages.begin("identity", "ready", () -> meet(met));

            // Neither is done before the other has begun.
            assertThat(stages.result(one) && stages.result(other)).isTrue();
        }
        assertThat(told)
                .allMatch(line -> line.matches("  (database|identity) +ready after \\d+\\.\\d s"))
                .hasSize(2);
    }

    @Test
    void what_a_part_failed_with_is_thrown_and_the_others_are_given_up() {
        var never = new CountDownLatch(2);
        try (var stages = new Stages(told::add)) {
            var hanging = stages.begin("identity", "ready", () -> meet(never));
            var failing = stages.<Boolean>begin("database", "ready", () -> {
                throw new StartFailed("no disk left");
            });
            assertThatThrownBy(() -> stages.result(failing))
                    .isInstanceOf(StartFailed.class)
                    .hasMessage("no disk left");

            stages.close();

            assertThat(hanging).isDone();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void who_waits_for_one_part_hears_at_once_that_another_one_failed() {
        var never = new CountDownLatch(2);
        try (var stages = new Stages(told::add)) {
            var hanging = stages.begin("identity", "ready", () -> meet(never));
            stages.begin("database", "ready", () -> {
                throw new StartFailed("no disk left");
            });

            assertThatThrownBy(() -> stages.result(hanging))
                    .isInstanceOf(StartFailed.class)
                    .hasMessage("no disk left");
        }
    }

    private static boolean meet(CountDownLatch both) {
        both.countDown();
        try {
            return both.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new StartFailed("interrupted", e);
        }
    }
}
