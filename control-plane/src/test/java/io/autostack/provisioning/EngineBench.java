package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.autostack.bench.Bench;
import io.autostack.bench.Samples;
import io.autostack.shared.Scopes;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// `./autostack bench engine`: what the engine adds to its timer and to the database, with steps that build nothing.
/// Prints figures and asserts none.
@QuarkusTest
class EngineBench {

    private static final int PAIRS = 5;
    private static final int OPERATIONS = 300;
    private static final int STEPS = 3;
    private static final int THREADS = 4;
    private static final int SINGLE = 200;
    private static final int WAITING = 10_000;

    /// Until then the compiler has half of the machine.
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration REST = Duration.ofSeconds(20);
    private static final IntFunction<Outcome> AT_ONCE = attempt -> Outcome.done(Map.of());

    private final Operations operations;
    private final Ledger ledger;
    private final Kinds kinds;
    private final OperationExecutor keeper;
    private final Scopes scopes;
    private final DataSource database;

    @Inject
    EngineBench(
            Operations operations,
            Ledger ledger,
            Kinds kinds,
            OperationExecutor keeper,
            Scopes scopes,
            DataSource database) {
        this.operations = operations;
        this.ledger = ledger;
        this.kinds = kinds;
        this.keeper = keeper;
        this.scopes = scopes;
        this.database = database;
    }

    @Test
    void steps_beside_bare_executions() throws Exception {
        prepare();
        var steps = new Samples();
        var bare = new Samples();
        long warm = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < warm) {
            executionsPerSecond();
            stepsPerSecond();
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            bare.add(executionsPerSecond());
            steps.add(stepsPerSecond());
        }
        Bench.say("== engine: %d operations of %d steps, %d threads, %d pairs", OPERATIONS, STEPS, THREADS, PAIRS);
        Bench.say("   bare db-scheduler: median %.0f executions/s", bare.median());
        Bench.say("   engine:            median %.0f steps/s", steps.median());
        Bench.say("   ratio %.2f (goal ≥ 0.5)", steps.median() / bare.median());
    }

    @Test
    void one_step_beside_commits_of_one_row() throws Exception {
        prepare();
        var step = new Samples();
        var commit = new Samples();
        for (int pair = -20; pair < SINGLE; pair++) {
            double row = commitMillis();
            double kept = operationMillis() / STEPS;
            if (pair < 0) continue;
            commit.add(row);
            step.add(kept);
        }
        Bench.say("== step: %d operations one after the other, no timer between", SINGLE);
        Bench.say("   commit of one row: p50 %.3f ms", commit.median());
        Bench.say("   one step:          p50 %.3f ms", step.median());
        Bench.say("   ratio %.1f commits a step (goal ≤ 10)", step.median() / commit.median());
    }

    @Test
    void ten_thousand_that_wait() throws Exception {
        var before = heapMb();
        var resting = cpuShare();
        var tenants =
                IntStream.range(0, WAITING).mapToObj(each -> UUID.randomUUID()).toList();
        for (var tenant : tenants)
            Rehearsal.play(tenant, attempt -> new Outcome.NotYet("the end of this benchmark", Duration.ofHours(1)));
        tenants.forEach(this::enqueue);
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> count("select count(*) from provisioning.step where name = 'second' and state = 'running'"
                                + " and message is not null")
                        >= WAITING);
        Bench.say("== waiting: %d operations, asked again in an hour", WAITING);
        Bench.say("   heap after a collection: %.0f MB with nothing, %.0f MB with all of them", before, heapMb());
        awaitCompiler();
        Bench.say("   processor at rest: %.1f %% of one with nothing, %.1f %% with all of them", resting, cpuShare());
        endAll(tenants);
    }

    private double stepsPerSecond() {
        var tenants = IntStream.range(0, OPERATIONS)
                .mapToObj(each -> UUID.randomUUID())
                .toList();
        for (var tenant : tenants) Rehearsal.play(tenant, AT_ONCE);
        var last = tenants.getLast();
        long begun = System.nanoTime();
        var ids = tenants.stream().map(this::enqueue).toList();
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> finished(ids));
        var seconds = (System.nanoTime() - begun) / 1e9;
        if (operations(last).isEmpty()) throw new IllegalStateException("nothing was kept");
        return OPERATIONS * STEPS / seconds;
    }

    private List<Operation> operations(UUID tenant) {
        return scopes.inPlatform(() -> operations.latest(tenant, 1));
    }

    private boolean finished(List<UUID> ids) {
        return ledger.alone(connection -> {
                    try (var select = connection.prepareStatement(
                            "select count(*) from provisioning.operation where id = any (?) and state = 'done'")) {
                        select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                        try (var rows = select.executeQuery()) {
                            rows.next();
                            return rows.getInt(1);
                        }
                    }
                })
                == ids.size();
    }

    private UUID enqueue(UUID tenant) {
        return scopes.inPlatform(() -> QuarkusTransaction.requiringNew()
                .call(() -> operations.enqueue(Rehearsal.request(tenant, "rehearsal:" + tenant))));
    }

    /// The same number of executions that do nothing, each inserted in a transaction of its own like an operation.
    private double executionsPerSecond() throws InterruptedException {
        int executions = OPERATIONS * STEPS;
        var done = new CountDownLatch(executions);
        var bare = TaskDescriptor.of("bare");
        var scheduler = Scheduler.create(database, Tasks.oneTime(bare).execute((instance, context) -> done.countDown()))
                .tableName("bench.scheduled_task")
                .schedulerName(new SchedulerName.Fixed("bench"))
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .pollUsingLockAndFetch(0.5, 1.0)
                .threads(THREADS)
                .executorService(
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()))
                .pollingInterval(Duration.ofMillis(500))
                .build();
        scheduler.start();
        try {
            long begun = System.nanoTime();
            for (int each = 0; each < executions; each++)
                scheduler.schedule(bare.instance(UUID.randomUUID().toString()).scheduledTo(Instant.now()));
            scheduler.triggerCheckForDueExecutions();
            done.await();
            return executions / ((System.nanoTime() - begun) / 1e9);
        } finally {
            scheduler.stop();
        }
    }

    private double commitMillis() {
        long begun = System.nanoTime();
        ledger.alone(connection -> {
            try (var insert = connection.prepareStatement("insert into bench.one_row (said) values ('something')")) {
                return insert.executeUpdate();
            }
        });
        return (System.nanoTime() - begun) / 1e6;
    }

    /// Without the timer: nobody but this thread knows of the operation.
    private double operationMillis() {
        var tenant = UUID.randomUUID();
        Rehearsal.play(tenant, AT_ONCE);
        var id = Rehearsal.written(ledger, kinds, tenant, "rehearsal:" + tenant);
        long begun = System.nanoTime();
        if (keeper.goOn(id).isPresent()) throw new IllegalStateException("the operation was not kept at once");
        return (System.nanoTime() - begun) / 1e6;
    }

    private void endAll(List<UUID> tenants) throws SQLException {
        try (var owner = owner();
                var statement = owner.createStatement()) {
            statement.execute("delete from provisioning.scheduled_task where task_name = 'operation'");
        }
        for (var tenant : tenants) Rehearsal.play(tenant, AT_ONCE);
    }

    private void prepare() throws SQLException {
        try (var owner = owner();
                var statement = owner.createStatement()) {
            statement.execute("create schema if not exists bench");
            statement.execute("create table if not exists bench.scheduled_task"
                    + " (like provisioning.scheduled_task including all)");
            statement.execute("truncate bench.scheduled_task");
            statement.execute("create table if not exists bench.one_row"
                    + " (id bigint generated always as identity primary key, said text not null)");
            var application = setting("quarkus.datasource.username");
            statement.execute("grant usage on schema bench to " + application);
            statement.execute("grant select, insert, update, delete on all tables in schema bench to " + application);
        }
    }

    private static Connection owner() throws SQLException {
        return DriverManager.getConnection(
                setting("quarkus.datasource.jdbc.url"),
                setting("quarkus.flyway.username"),
                setting("quarkus.flyway.password"));
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private int count(String query) {
        return ledger.alone(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private static double heapMb() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    /// Of one processor, over some seconds in which nothing is asked of the platform.
    /// Until it has nothing left of what ten thousand operations have made hot.
    private static void awaitCompiler() {
        var compiler = ManagementFactory.getCompilationMXBean();
        var before = new AtomicLong();
        Awaitility.await("the compiler has nothing to do")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    long now = compiler.getTotalCompilationTime();
                    return before.getAndSet(now) == now;
                });
    }

    private static double cpuShare() throws InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        Thread.sleep(REST);
        return 100.0 * (system.getProcessCpuTime() - before) / REST.toNanos();
    }
}
