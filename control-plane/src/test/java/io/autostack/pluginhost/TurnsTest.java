package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.pluginhost.Turns.Turn;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration NEVER_UP = Duration.ofHours(1);

    @Test
    void s03_nobody_gets_more_than_half_of_the_places() throws InterruptedException {
        var turns = new Turns(4, 0, 10, NEVER_UP);
        turns.take("greedy");
        turns.take("greedy");

        assertThat(turns.take("greedy")).isEqualTo(Turn.TOO_MANY_OF_YOURS);
        assertThat(turns.take("other")).isEqualTo(Turn.YOURS);
    }

    @Test
    void s03_whoever_had_to_wait_for_its_own_stands_back() throws Exception {
        var turns = new Turns(2, 1, 1, NEVER_UP);
        turns.take("greedy");
        var second = new FutureTask<>(() -> turns.take("greedy"));
        var waiting = Thread.ofPlatform().start(second);
        while (waiting.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();

        assertThat(turns.take("other")).isEqualTo(Turn.YOURS);
        turns.giveBack("greedy");
        assertThat(second.get()).isEqualTo(Turn.YOURS_WITH_LOW_PRIORITY);
    }

    @Test
    void s03_one_place_is_everybodys() throws InterruptedException {
        var turns = new Turns(1, 1, 0, NEVER_UP);

        assertThat(turns.take("somebody")).isEqualTo(Turn.YOURS);
        assertThat(turns.take("other")).isEqualTo(Turn.TOO_MANY_IN_ALL);
    }

    @Test
    void s03_a_place_that_is_given_back_is_free() throws InterruptedException {
        var turns = new Turns(1, 0, 0, NEVER_UP);
        turns.take("somebody");
        turns.giveBack("somebody");

        assertThat(turns.take("somebody")).isEqualTo(Turn.YOURS);
    }

    @Test
    void s03_whoever_waited_in_vain_leaves_nothing_behind() throws InterruptedException {
        var turns = new Turns(1, 1, 1, Duration.ZERO);
        turns.take("somebody");

        assertThat(turns.take("other")).isEqualTo(Turn.TOO_MANY_IN_ALL);
        assertThat(turns.take("other")).isEqualTo(Turn.TOO_MANY_IN_ALL);
        turns.giveBack("somebody");
        assertThat(turns.take("other")).isEqualTo(Turn.YOURS);
    }

    @Test
    void s03_whoever_is_stopped_while_waiting_leaves_nothing_behind() throws InterruptedException {
        var turns = new Turns(1, 1, 1, NEVER_UP);
        turns.take("somebody");
        var stopped = Thread.ofVirtual().unstarted(() -> {
            try {
                turns.take("other");
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        stopped.start();
        stopped.interrupt();
        stopped.join();
        turns.giveBack("somebody");

        assertThat(turns.take("other")).isEqualTo(Turn.YOURS);
    }
}
