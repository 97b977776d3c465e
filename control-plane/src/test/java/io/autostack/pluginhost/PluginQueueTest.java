package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.pluginhost.PluginQueue.Entry;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PluginQueueTest {

    private static final Duration NEVER_UP = Duration.ofHours(1);

    @Test
    void s03_nobody_gets_more_than_half_of_the_places() throws InterruptedException {
        var queue = new PluginQueue(4, 0, 10, NEVER_UP);
        queue.take("greedy");
        queue.take("greedy");

        assertThat(queue.take("greedy")).isEqualTo(Entry.TOO_MANY_OF_THE_SAME);
        assertThat(queue.take("other")).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void s03_whoever_had_to_wait_for_its_own_stands_back() throws Exception {
        var queue = new PluginQueue(2, 1, 1, NEVER_UP);
        queue.take("greedy");
        var second = new FutureTask<>(() -> queue.take("greedy"));
        var waiting = Thread.ofPlatform().start(second);
        while (waiting.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();

        assertThat(queue.take("other")).isEqualTo(Entry.ADMITTED);
        queue.giveBack("greedy");
        assertThat(second.get()).isEqualTo(Entry.ADMITTED_WITH_LOW_PRIORITY);
    }

    @Test
    void s03_one_place_is_everybodys() throws InterruptedException {
        var queue = new PluginQueue(1, 1, 0, NEVER_UP);

        assertThat(queue.take("somebody")).isEqualTo(Entry.ADMITTED);
        assertThat(queue.take("other")).isEqualTo(Entry.TOO_MANY_IN_ALL);
    }

    @Test
    void s03_a_place_that_is_given_back_is_free() throws InterruptedException {
        var queue = new PluginQueue(1, 0, 0, NEVER_UP);
        queue.take("somebody");
        queue.giveBack("somebody");

        assertThat(queue.take("somebody")).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void s03_who_gives_one_place_back_still_holds_the_other() throws InterruptedException {
        var queue = new PluginQueue(4, 0, 10, NEVER_UP);
        queue.take("greedy");
        queue.take("greedy");
        queue.giveBack("greedy");

        assertThat(queue.take("greedy")).isEqualTo(Entry.ADMITTED);
        assertThat(queue.take("greedy")).isEqualTo(Entry.TOO_MANY_OF_THE_SAME);
    }

    @Test
    void s03_whoever_waited_in_vain_leaves_nothing_behind() throws InterruptedException {
        var queue = new PluginQueue(1, 1, 1, Duration.ZERO);
        queue.take("somebody");

        assertThat(queue.take("other")).isEqualTo(Entry.TOO_MANY_IN_ALL);
        assertThat(queue.take("other")).isEqualTo(Entry.TOO_MANY_IN_ALL);
        queue.giveBack("somebody");
        assertThat(queue.take("other")).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void s03_whoever_is_stopped_while_waiting_leaves_nothing_behind() throws InterruptedException {
        var queue = new PluginQueue(1, 1, 1, NEVER_UP);
        queue.take("somebody");
        var stopped = Thread.ofVirtual().unstarted(() -> {
            try {
                queue.take("other");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        stopped.start();
        stopped.interrupt();
        stopped.join();
        queue.giveBack("somebody");

        assertThat(queue.take("other")).isEqualTo(Entry.ADMITTED);
    }
}
