package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
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
/// db-scheduler is the timer and the lease, the ledger is the truth. A worker that dies stops its heartbeat; after four
/// missed ones another worker takes the operation over and repeats the step that was running.
@ApplicationScoped
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final TaskDescriptor<Void> OPERATION = TaskDescriptor.of("operation");
    private static final int MISSED_HEARTBEATS = 4;

    private final Keeper keeper;
    private final LedgerTime time;
    private final TransactionSynchronizationRegistry transactions;
    private final List<String> roles;
    private final SecureRandom random = new SecureRandom();
    private final Scheduler scheduler;

    @Inject
    Worker(
            Keeper keeper,
            DataSource database,
            LedgerTime time,
            TransactionSynchronizationRegistry transactions,
            @Any Instance<Periodic> periodic,
            @ConfigProperty(name = "autostack.roles") List<String> roles,
            @ConfigProperty(name = "autostack.worker.threads", defaultValue = "4") int threads,
            @ConfigProperty(name = "autostack.worker.heartbeat", defaultValue = "2s") Duration heartbeat) {
        this.keeper = keeper;
        this.time = time;
        this.transactions = transactions;
        this.roles = roles;
        this.scheduler = Scheduler.create(database, task())
                .startTasks(periodic.stream().map(this::recurring).toList())
                .tableName("provisioning.scheduled_task")
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
        time.wakeWhenSetBack(scheduler::triggerCheckForDueExecutions);
    }

    void start(@Observes StartupEvent started) {
        if (roles.contains("worker")) scheduler.start();
        else LOG.info("this replica does no provisioning: autostack.roles has no worker");
    }

    void stop(@Observes ShutdownEvent stopping) {
        scheduler.stop();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /// Asks for the operation to be worked on once the running transaction is committed. The version makes the request
    /// a new one after a retry, even while the old one is still being put away.
    void schedule(UUID operation, int version) {
        scheduler.schedule(OPERATION.instance(operation + "/" + version).scheduledTo(time.now()));
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

    private RecurringTask<Void> recurring(Periodic periodic) {
        return Tasks.recurring(periodic.name(), FixedDelay.of(periodic.pause()))
                .onDeadExecution((dead, again) -> again.reschedule(dead, time.now()))
                .execute((instance, context) -> periodic.look());
    }

    private CustomTask<Void> task() {
        return Tasks.custom(OPERATION)
                .onFailure((failure, again) -> {
                    LOG.error(
                            "an operation could not be worked on; it will be looked at again",
                            failure.getCause().orElse(null));
                    var pause = Retries.pause(failure.getExecution().consecutiveFailures + 1, random);
                    again.reschedule(failure, time.now().plus(pause.orElse(Retries.LONGEST)));
                })
                .onDeadExecution((dead, again) -> {
                    LOG.warnf(
                            "nobody works on operation %s any more; it is taken over",
                            dead.getExecution().taskInstance.getId());
                    again.reschedule(dead, time.now());
                })
                .execute((instance, context) -> {
                    var again = keeper.goOn(UUID.fromString(instance.getId().substring(0, 36)));
                    if (again.isEmpty()) return new CompletionHandler.OnCompleteRemove<>();
                    return (complete, operations) ->
                            operations.reschedule(complete, time.now().plus(again.get()));
                });
    }
}
