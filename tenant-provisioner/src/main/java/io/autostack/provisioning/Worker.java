package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Claims operations that are due and has them kept.
///
/// There are three queues, each with threads of its own: operations, those that copy whole databases, and what is
/// looked at again and again, where each run has a thread for itself. None of them waits for another.
///
/// db-scheduler is the timer and the lease, the ledger is the truth. A worker that dies stops its heartbeat; after four
/// missed ones another worker takes the operation over and repeats the step that was running.
@ApplicationScoped
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final TaskDescriptor<Void> OPERATION = TaskDescriptor.of("operation");
    private static final int MISSED_HEARTBEATS = 4;

    /// Failures in a row, none of which a step or a completion handler answers for: nobody can read the operation.
    private static final int MAX_FAILURES = 20;

    private static final String OPERATIONS = "provisioning.scheduled_task";
    private static final String LONG_OPERATIONS = "provisioning.scheduled_task_long";
    private static final String PERIODIC_TASKS = "provisioning.scheduled_task_look";

    private final OperationExecutor executor;
    private final LedgerTime time;
    private final TransactionSynchronizationRegistry transactions;
    private final List<String> roles;
    private final SecureRandom random = new SecureRandom();
    private final Duration heartbeat;
    private final Scheduler operations;
    private final Scheduler longOperations;
    private final Scheduler periodicTasks;
    private final ReplicaTasks replicaTasks;

    @Inject
    Worker(
            OperationExecutor executor,
            DataSource database,
            LedgerTime time,
            TransactionSynchronizationRegistry transactions,
            @Any Instance<PeriodicTask> periodic,
            @ConfigProperty(name = "autostack.roles") List<String> roles,
            @ConfigProperty(name = "autostack.worker.threads", defaultValue = "4") int threads,
            @ConfigProperty(name = "autostack.worker.long-threads", defaultValue = "2") int longThreads,
            @ConfigProperty(name = "autostack.worker.heartbeat", defaultValue = "2s") Duration heartbeat) {
        this.executor = executor;
        this.time = time;
        this.transactions = transactions;
        this.roles = roles;
        this.heartbeat = heartbeat;
        var shared = periodic.stream().filter(run -> !run.onEachReplica()).toList();
        this.replicaTasks = new ReplicaTasks(
                periodic.stream().filter(PeriodicTask::onEachReplica).toList());
        this.operations = queue(OPERATIONS, threads, Scheduler.create(database, task()));
        this.longOperations = queue(LONG_OPERATIONS, longThreads, Scheduler.create(database, task()));
        this.periodicTasks = queue(
                PERIODIC_TASKS,
                Math.max(1, shared.size()),
                Scheduler.create(database)
                        .startTasks(shared.stream().map(this::recurring).toList()));
    }

    private Scheduler queue(String table, int threads, SchedulerBuilder tasks) {
        var queue = tasks.tableName(table)
                .clock(time)
                .schedulerName(new SchedulerName.Fixed("worker-" + UUID.randomUUID()))
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .pollUsingLockAndFetch(0.5, 1.0)
                .threads(threads)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("operation-", 0).factory()))
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
        time.wakeWhenSetBack(queue::triggerCheckForDueExecutions);
        return queue;
    }

    /// Last of all, so that it finds everything that was said at start, and connections that were made meanwhile.
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent started) {
        if (roles.contains("worker")) {
            for (var queue : List.of(operations, longOperations, periodicTasks)) queue.start();
            replicaTasks.start();
        } else LOG.info("this replica does no provisioning: autostack.roles has no worker");
    }

    /// What is under way is given back first: whoever ends us may lose patience, and an honest end is no sign that an
    /// operation kills its process. Then once more what was begun meanwhile.
    void stop(@Observes ShutdownEvent stopping) {
        giveBack();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var queue : List.of(operations, longOperations, periodicTasks)) all.execute(queue::stop);
            all.execute(replicaTasks::stop);
        }
        giveBack();
    }

    private void giveBack() {
        try {
            executor.giveBack();
        } catch (RuntimeException e) {
            LOG.warn("what is under way could not be given back; it counts as begun without an answer", e);
        }
    }

    Scheduler scheduler() {
        return operations;
    }

    Scheduler longScheduler() {
        return longOperations;
    }

    /// Asks for the operation to be worked on once the running transaction is committed. The version makes the request
    /// a new one after a retry, even while the old one is still being put away.
    void schedule(UUID operation, int version, boolean takesLong) {
        var queue = takesLong ? longOperations : operations;
        queue.schedule(OPERATION.instance(operation + "/" + version).scheduledTo(time.now()));
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED && roles.contains("worker")) queue.triggerCheckForDueExecutions();
            }
        });
    }

    private RecurringTask<Void> recurring(PeriodicTask periodic) {
        return Tasks.recurring(periodic.name(), FixedDelay.of(periodic.pause()))
                .onDeadExecution((dead, again) -> again.reschedule(dead, time.now()))
                .execute((instance, context) -> periodic.run());
    }

    private CustomTask<Void> task() {
        return Tasks.custom(OPERATION)
                .onFailure((failure, again) -> {
                    LOG.error(
                            "an operation could not be worked on; it will be looked at again",
                            failure.getCause().map(Bounded::trouble).orElse(null));
                    if (failure.getExecution().consecutiveFailures + 1 >= MAX_FAILURES) {
                        executor.abandon(
                                operation(failure.getExecution().taskInstance.getId()));
                        again.remove();
                        return;
                    }
                    var pause = Retries.pause(failure.getExecution().consecutiveFailures + 1, random);
                    again.reschedule(failure, time.now().plus(pause.orElse(Retries.MAX_PAUSE)));
                })
                .onDeadExecution((dead, again) -> {
                    LOG.warnf(
                            "nobody works on operation %s any more; it is taken over",
                            dead.getExecution().taskInstance.getId());
                    again.reschedule(dead, time.now());
                })
                .execute((instance, context) -> {
                    var again = executor.goOn(operation(instance.getId()));
                    if (again.isEmpty()) return new CompletionHandler.OnCompleteRemove<>();
                    return (complete, operations) ->
                            operations.reschedule(complete, time.now().plus(again.get()));
                });
    }

    private static UUID operation(String task) {
        return UUID.fromString(task.substring(0, 36));
    }
}
