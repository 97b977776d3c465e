package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaTasksTest {

    private static final Logger LOG = Logger.getLogger(ReplicaTasks.class.getName());

    private final Said said = new Said();

    @BeforeEach
    void listen() {
        LOG.addHandler(said);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(said);
    }

    @Test
    void what_is_under_way_when_the_replica_stops_has_ended_afterwards_and_is_no_error() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var tasks = new ReplicaTasks(List.of(task(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.countDown();
                throw new IllegalStateException("what it works with is closed", e);
            }
        })));
        tasks.start();
        begun.await();

        tasks.stop();

        assertThat(ended.getCount()).isZero();
        assertThat(said.messages).isEmpty();
    }

    @Test
    void one_that_fails_is_said_to_and_comes_again() throws InterruptedException {
        var times = new CountDownLatch(2);
        var tasks = new ReplicaTasks(List.of(task(() -> {
            times.countDown();
            throw new IllegalStateException("on purpose");
        })));
        tasks.start();
        times.await();
        tasks.stop();

        assertThat(said.messages).isNotEmpty().first().asString().contains("of a test failed");
    }

    private static PeriodicTask task(Runnable work) {
        return new PeriodicTask() {
            @Override
            public String name() {
                return "of a test";
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(1);
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }

    private static final class Said extends Handler {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            messages.add(logged.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
