package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/// The usual worker, and others on the same database: complete ones, with a keeper and a clock of their own.
@ApplicationScoped
class Workers {

    private final Ledger ledger;
    private final Kinds kinds;
    private final DataSource database;
    private final TransactionSynchronizationRegistry transactions;
    private final Instance<PeriodicTask> periodic;
    private final Watched usual;

    @Inject
    Workers(
            Worker usual,
            Ledger ledger,
            Kinds kinds,
            DataSource database,
            TransactionSynchronizationRegistry transactions,
            @Any Instance<PeriodicTask> periodic) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.database = database;
        this.transactions = transactions;
        this.periodic = periodic;
        this.usual = new Watched(usual);
    }

    Watched usual() {
        return usual;
    }

    Watched another(InstantSource clock) {
        return another(new LedgerTime(database, clock));
    }

    Watched another(LedgerTime time) {
        return new Watched(new Worker(
                new OperationExecutor(ledger, kinds, time),
                database,
                time,
                transactions,
                periodic,
                List.of("worker"),
                4,
                2,
                Duration.ofSeconds(2)));
    }

    /// Waits until both have looked for workers that died as often as this: each of them more than once.
    static void lookForTheDead(int often, Watched one, Watched other) {
        int before = one.checks.get();
        int beforeToo = other.checks.get();
        Awaitility.await("both look for workers that died")
                .atMost(Duration.ofMinutes(1))
                .until(() -> one.checks.get() >= before + often && other.checks.get() >= beforeToo + often);
    }

    /// A worker that counts what it does.
    static final class Watched implements AutoCloseable {

        private final Worker worker;
        private final AtomicInteger worked = new AtomicInteger();
        private final AtomicInteger checks = new AtomicInteger();

        private Watched(Worker worker) {
            this.worker = worker;
            worker.scheduler().registerSchedulerListener(new AbstractSchedulerListener() {
                @Override
                public void onExecutionComplete(ExecutionComplete execution) {
                    worked.incrementAndGet();
                }

                @Override
                public void onSchedulerEvent(SchedulerEventType event) {
                    if (event == SchedulerEventType.RAN_DETECT_DEAD) checks.incrementAndGet();
                }
            });
        }

        Watched start() {
            worker.scheduler().start();
            return this;
        }

        /// Takes nothing new, and keeps what it has.
        void pause() {
            worker.scheduler().pause();
        }

        void resume() {
            worker.scheduler().resume();
        }

        /// How often it came back from an operation.
        int worked() {
            return worked.get();
        }

        @Override
        public void close() {
            worker.scheduler().stop();
        }
    }
}
