package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Keeps promises: claims an operation, asks its steps one after the other, and writes down what they answer.
///
/// db-scheduler is the timer and the lease, the ledger is the truth. A worker that dies stops its heartbeat; after four
/// missed ones another worker takes the operation over and repeats the step that was running.
@ApplicationScoped
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final TaskDescriptor<Void> OPERATION = TaskDescriptor.of("operation");
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MISSED_HEARTBEATS = 4;
    private static final int MOST_ATTEMPTS = 8;
    private static final Optional<Duration> SOMEBODY_FASTER = Optional.of(Duration.ofSeconds(1));
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final InstantSource clock;
    private final TransactionSynchronizationRegistry transactions;
    private final Map<String, OperationKind> kinds = new HashMap<>();
    private final Map<String, Settlement> settlements = new HashMap<>();
    private final List<String> roles;
    private final Scheduler scheduler;

    @Inject
    Worker(
            Ledger ledger,
            DataSource database,
            InstantSource clock,
            TransactionSynchronizationRegistry transactions,
            @Any Instance<OperationKind> kinds,
            @Any Instance<Settlement> settlements,
            @ConfigProperty(name = "autostack.roles") List<String> roles,
            @ConfigProperty(name = "autostack.worker.threads", defaultValue = "4") int threads) {
        this.ledger = ledger;
        this.clock = clock;
        this.transactions = transactions;
        this.roles = roles;
        for (var kind : kinds) this.kinds.put(kind.name(), kind);
        for (var settlement : settlements) this.settlements.put(settlement.kind(), settlement);
        this.scheduler = Scheduler.create(database, task())
                .tableName("provisioning.scheduled_task")
                .schedulerName(new SchedulerName.Fixed("worker-" + UUID.randomUUID()))
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .pollUsingLockAndFetch(0.5, 1.0)
                .threads(threads)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("operation-", 0).factory()))
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    void start(@Observes StartupEvent started) {
        if (roles.contains("worker")) scheduler.start();
        else LOG.info("this replica does no provisioning: autostack.roles has no worker");
    }

    void stop(@Observes ShutdownEvent stopping) {
        scheduler.stop();
    }

    /// Asks for the operation to be worked on once the running transaction is committed. The version makes the request
    /// a new one after a retry, even while the old one is still being put away.
    void schedule(UUID operation, int version) {
        scheduler.schedule(OPERATION.instance(operation + "/" + version).scheduledTo(clock.instant()));
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED && roles.contains("worker"))
                    scheduler.triggerCheckForDueExecutions();
            }
        });
    }

    private CustomTask<Void> task() {
        return Tasks.custom(OPERATION)
                .onFailure((failure, again) -> {
                    LOG.error(
                            "an operation could not be worked on; it will be looked at again",
                            failure.getCause().orElse(null));
                    new FailureHandler.ExponentialBackoffFailureHandler<Void>(Duration.ofSeconds(1), 2)
                            .onFailure(failure, again);
                })
                .execute((instance, context) -> {
                    var again = work(UUID.fromString(instance.getId().substring(0, 36)));
                    if (again.isEmpty()) return new CompletionHandler.OnCompleteRemove<>();
                    return (complete, operations) ->
                            operations.reschedule(complete, clock.instant().plus(again.get()));
                });
    }

    /// Goes on with an operation until it ends or has to wait.
    ///
    /// @return when to look again; empty when there is nothing left to do
    Optional<Duration> work(UUID id) {
        while (true) {
            var operation =
                    ledger.alone(connection -> ledger.find(connection, id)).orElse(null);
            if (operation == null || operation.finished()) return Optional.empty();
            MDC.put("tenant", operation.tenant().toString());
            try {
                var next = operation.steps().stream()
                        .filter(step -> step.state() != State.DONE)
                        .findFirst();
                if (next.isEmpty()) {
                    end(operation, State.DONE, null);
                    return Optional.empty();
                }
                var pause = keep(operation, next.get());
                if (pause.isPresent()) return pause.get().isZero() ? Optional.empty() : pause;
            } finally {
                MDC.remove("tenant");
            }
        }
    }

    /// @return empty to go on at once, zero when the operation ended, otherwise the pause
    private Optional<Duration> keep(Operation operation, StepRecord step) {
        var started = new StepChange(step, State.RUNNING, step.attempts() + 1, step.evidence(), false, null);
        var running = write(operation, State.RUNNING, operation.facts(), started);
        if (running.isEmpty()) return SOMEBODY_FASTER;
        return switch (ask(running.get(), step)) {
            case Outcome.Done(var evidence, var learned, var simulated) -> {
                var done = new StepChange(step, State.DONE, started.attempts(), evidence, simulated, null);
                var facts = operation.facts().plus(learned);
                yield write(running.get(), State.RUNNING, facts, done).isPresent() ? Optional.empty() : SOMEBODY_FASTER;
            }
            case Outcome.NotYet(var waitingFor, var pause) -> {
                var waiting =
                        new StepChange(step, State.RUNNING, started.attempts(), step.evidence(), false, waitingFor);
                write(running.get(), State.RUNNING, operation.facts(), waiting);
                yield Optional.of(pause);
            }
            case Outcome.Failed(var reason) -> {
                var failed = new StepChange(step, State.FAILED, started.attempts(), step.evidence(), false, reason);
                end(running.get(), State.FAILED, failed);
                yield Optional.of(Duration.ZERO);
            }
        };
    }

    /// What becomes of one step.
    record StepChange(
            StepRecord step,
            State to,
            int attempts,
            Map<String, String> evidence,
            boolean simulated,
            @Nullable String message) {}

    /// One transaction: the operation if nobody was faster, and its step with it.
    private Optional<Operation> write(Operation operation, State state, Facts facts, StepChange change) {
        return ledger.alone(connection -> {
            if (!ledger.change(connection, operation, state, facts, change.message(), change.simulated()))
                return Optional.empty();
            ledger.step(connection, operation.id(), change);
            return ledger.find(connection, operation.id());
        });
    }

    private Outcome ask(Operation operation, StepRecord record) {
        var kind = kinds.get(operation.kind());
        var step = kind == null
                ? Optional.<Step>empty()
                : kind.steps(operation.facts()).stream()
                        .filter(candidate -> candidate.name().equals(record.name()))
                        .findFirst();
        if (step.isEmpty())
            return new Outcome.Failed("This version of AutoStack does not know the step “" + record.title()
                    + "”. Run the version that made the promise.");
        try {
            return step.get().ensure().apply(operation.facts());
        } catch (RuntimeException outage) {
            LOG.warnf(outage, "step %s of operation %s did not answer", record.name(), operation.id());
            int attempt = record.attempts() + 1;
            if (attempt >= MOST_ATTEMPTS)
                return new Outcome.Failed("“" + record.title() + "” was tried " + attempt
                        + " times and did not answer. An operator finds the reason in the log; Retry goes on here.");
            var pause = Duration.ofMillis(500L << attempt);
            return new Outcome.NotYet(
                    "trying again after an outage", pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        }
    }

    /// The end of an operation and its settlement by the owner are one transaction.
    private void end(Operation operation, State state, @Nullable StepChange last) {
        ledger.alone(connection -> {
            var message = last == null ? null : last.message();
            if (!ledger.change(connection, operation, state, operation.facts(), message, false)) return false;
            if (last != null) ledger.step(connection, operation.id(), last);
            var settlement = settlements.get(operation.kind());
            if (settlement != null)
                settlement.settle(ledger.find(connection, operation.id()).orElseThrow());
            return true;
        });
    }
}
