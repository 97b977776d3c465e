package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Faults.ObservedCall;
import io.autostack.faults.Faults.Watch;
import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.RotateCredentials;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every step of every kind of operation meets every fault that can meet it, or those of a sample. What is there in the
/// end is what an undisturbed operation leaves, or, after a failure and its release, what was there before.
@QuarkusTest
@Tag("faults")
class EveryStepTest {

    /// Rehearsed, or told in `LostAnswersTest`: a rotation keeps two versions of a secret.
    private static final Set<String> REHEARSED = Set.of("rehearsal", "long-rehearsal", RotateCredentials.KIND);

    /// What fails of them takes itself back, which `MoveFaultsTest` tells.
    private static final Set<String> MOVES = Set.of(MoveToProduction.KIND, RollBackMove.KIND);

    /// It asks a name server, which is not of the cloud.
    private static final String PROOF = "proof";

    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "(?<=snapshot_)[0-9a-f]{32}|(?<=DATABASE__)\\d+|(?<=DATABASE__a)[0-9a-f]{12}|(?<=/database/)\\d+|(?<=taken=)\\S+");

    private static final int AT_ONCE = 6;

    private final Stage stage;
    private final Instance<OperationKind<?>> kinds;
    private final Map<String, Queue<Tenant>> restored = new ConcurrentHashMap<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);

    @Inject
    EveryStepTest(Stage stage, @Any Instance<OperationKind<?>> kinds) {
        this.stage = stage;
        this.kinds = kinds;
    }

    @AfterEach
    void end() throws SQLException {
        pool.shutdown();
        TenantRows.forgetAll();
    }

    @Test
    void every_kind_of_operation_has_a_scenario() {
        assertThat(kinds.stream()
                        .map(OperationKind::name)
                        .filter(kind -> !REHEARSED.contains(kind) && !MOVES.contains(kind)))
                .allSatisfy(kind -> assertThat(Scenario.all().map(Scenario::kind))
                        .as("add an entry for %s to Scenario", kind)
                        .contains(kind));
    }

    @TestFactory
    Stream<DynamicTest> a_step_that_meets_a_fault_ends_as_if_nothing_had_happened_or_is_mended_by_retry()
            throws SQLException {
        var cases = new ArrayList<Case>();
        for (var scenario : Scenario.chosen().toList()) {
            var undisturbed = undisturbed(scenario);
            undisturbed.faults().forEach((step, faults) -> {
                for (var trouble : faults)
                    cases.add(new Case(
                            scenario.kind() + " / " + step + " / " + trouble.words(),
                            trouble,
                            () -> disturbed(scenario, step, trouble, undisturbed.after())));
            });
        }
        return tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> a_release_that_meets_a_fault_leaves_nothing_in_the_end() throws SQLException {
        var cases = new ArrayList<Case>();
        for (var scenario : Scenario.chosen().filter(Scenario::canBeReleased).toList()) {
            var undisturbed = undisturbedRelease(scenario);
            undisturbed.faults().forEach((step, faults) -> {
                for (var trouble : faults)
                    cases.add(new Case(
                            "release of " + scenario.kind() + " / " + step + " / " + trouble.words(),
                            trouble,
                            () -> disturbedRelease(scenario, step, trouble)));
            });
        }
        return tests(cases);
    }

    private record Case(String name, Trouble trouble, Callable<Void> work) {}

    /// What an operation leaves that meets no fault, and which faults could meet its steps.
    private record Undisturbed(List<String> after, Map<String, List<Trouble>> faults) {}

    private Undisturbed undisturbed(Scenario scenario) throws SQLException {
        var tenant = scenario.prepared(stage);
        var watch = Faults.watch(tenant.id());
        var done = stage.done(stage.enqueue(scenario.request().apply(tenant)));
        return new Undisturbed(found(tenant), faults(scenario, done, watch.calls()));
    }

    private Undisturbed undisturbedRelease(Scenario scenario) throws SQLException {
        var tenant = scenario.prepared(stage);
        var before = found(tenant);
        var failed = failedAtItsEnd(scenario, tenant);
        var watch = Faults.watch(tenant.id());
        var done = stage.done(stage.rollBack(failed));
        assertThat(found(tenant)).as("release of " + scenario.kind()).isEqualTo(before);
        return new Undisturbed(before, faults(scenario, done, watch.calls()));
    }

    private static Map<String, List<Trouble>> faults(Scenario scenario, Operation operation, List<ObservedCall> calls) {
        assertThat(calls)
                .extracting(ObservedCall::step)
                .as("every step asks the cloud")
                .containsAll(operation.steps().stream()
                        .map(Operation.StepRecord::name)
                        .filter(step -> !step.equals(PROOF))
                        .toList());
        return calls.stream()
                .filter(seen ->
                        operation.steps().stream().anyMatch(step -> step.name().equals(seen.step())))
                .collect(Collectors.toMap(
                        ObservedCall::step,
                        seen -> Stream.of(Trouble.values())
                                .filter(scenario::meets)
                                .filter(trouble -> trouble.concerns(seen.arguments()))
                                .toList(),
                        (first, later) -> first,
                        LinkedHashMap::new));
    }

    private Void disturbed(Scenario scenario, String step, Trouble trouble, List<String> desired) throws SQLException {
        var tenant = scenario.prepared(stage);
        var damage = new Damage();
        var watch = Faults.watch(tenant.id());
        Faults.want(tenant.id(), step, trouble.fault(damage));
        var operation = stage.ended(stage.enqueue(scenario.request().apply(tenant)));

        if (operation.state() == State.FAILED) {
            assertReason(operation);
            repaired(tenant, damage);
            assertThat(stage.retry(operation.id())).isTrue();
            stage.done(operation.id());
        } else leftAlone(watch, operation, step, damage);
        damage.tidyUp();
        assertThat(found(tenant)).isEqualTo(desired);
        assertThat(watch.maxInside()).as("calls at the same time").hasValue(1);
        Faults.forget(Set.of(tenant.id()));

        if (operation.state() == State.FAILED && scenario.canBeReleased()) rolledBack(scenario, step, trouble);
        return null;
    }

    private void rolledBack(Scenario scenario, String step, Trouble trouble) throws SQLException {
        var tenant = asBefore(scenario);
        var before = found(tenant);
        var damage = new Damage();
        Faults.want(tenant.id(), step, trouble.fault(damage));
        var failed = stage.ended(stage.enqueue(scenario.request().apply(tenant)));
        repaired(tenant, damage);

        stage.done(stage.rollBack(failed.id()));

        assertThat(found(tenant)).as("after release").isEqualTo(before);
        damage.tidyUp();
        restored(scenario, tenant);
    }

    private Void disturbedRelease(Scenario scenario, String step, Trouble trouble) throws SQLException {
        var tenant = asBefore(scenario);
        var before = found(tenant);
        var failed = failedAtItsEnd(scenario, tenant);
        var damage = new Damage();
        var watch = Faults.watch(tenant.id());
        Faults.want(tenant.id(), step, trouble.fault(damage));

        var rollback = stage.ended(stage.rollBack(failed));

        if (rollback.state() == State.FAILED) {
            assertReason(rollback);
            repaired(tenant, damage);
            assertThat(stage.retry(rollback.id())).isTrue();
            stage.done(rollback.id());
        } else leftAlone(watch, rollback, step, damage);
        damage.tidyUp();
        assertThat(found(tenant)).isEqualTo(before);
        restored(scenario, tenant);
        return null;
    }

    /// What a release left as it was before is where the next one may begin: if anything else had changed, that one
    /// would tell.
    private Tenant asBefore(Scenario scenario) throws SQLException {
        var again = restored(scenario).poll();
        return again == null ? scenario.prepared(stage) : again;
    }

    private void restored(Scenario scenario, Tenant tenant) {
        Faults.forget(Set.of(tenant.id()));
        if (!scenario.before().isEmpty()) restored(scenario).add(tenant);
    }

    private Queue<Tenant> restored(Scenario scenario) {
        return restored.computeIfAbsent(scenario.kind(), kind -> new ConcurrentLinkedQueue<>());
    }

    /// Everything is built, the last answer is lost for good.
    private UUID failedAtItsEnd(Scenario scenario, Tenant tenant) {
        var request = scenario.request().apply(tenant);
        var last = stage.steps(request).getLast();
        Faults.want(tenant.id(), last, Trouble.ERROR_AFTER_SUCCESS.fault(new Damage()));
        var failed = stage.ended(stage.enqueue(request));
        assertThat(failed.state()).isEqualTo(State.FAILED);
        Faults.gone(tenant.id());
        return failed.id();
    }

    private static void repaired(Tenant tenant, Damage damage) throws SQLException {
        Faults.gone(tenant.id());
        damage.repair();
    }

    /// What neither makes, checks nor removes things from this step on does its own work and leaves alone what
    /// else is broken: that is put right before one compares.
    private static void leftAlone(Watch watch, Operation operation, String step, Damage damage) throws SQLException {
        var fromThere = operation.steps().stream()
                .map(Operation.StepRecord::name)
                .dropWhile(name -> !name.equals(step))
                .toList();
        if (watch.calls().stream()
                .filter(seen -> fromThere.contains(seen.step()))
                .noneMatch(seen -> seen.method().matches("(ensure|check|remove).*"))) damage.repair();
    }

    private static void assertReason(Operation failed) {
        assertThat(failed.message())
                .as("a reason that a person can use")
                .isNotBlank()
                .endsWith(".")
                .containsAnyOf("retry", "Retry", "Choose another")
                .doesNotContain("Exception", "on purpose");
    }

    private static List<String> found(Tenant tenant) throws SQLException {
        return Catalogue.of(tenant.id(), tenant.slug()).stream()
                .map(line -> line.replace(Names.database(tenant.id()), "DATABASE")
                        .replace(tenant.slug(), "SLUG")
                        .replace(tenant.id().toString(), "TENANT"))
                .map(line -> OF_THE_MOMENT.matcher(line).replaceAll("MOMENT"))
                .toList();
    }

    /// Most cases run side by side: they are begun together, and each test waits for its own. Those that need
    /// the server alone follow, one after the other.
    private Stream<DynamicTest> tests(List<Case> cases) {
        assertThat(cases).isNotEmpty();
        var sideBySide = cases.stream()
                .filter(one -> !one.trouble().needsTheServerAlone())
                .map(one -> {
                    var result = pool.submit(one.work());
                    return DynamicTest.dynamicTest(one.name(), () -> {
                        try {
                            result.get();
                        } catch (ExecutionException e) {
                            throw new AssertionError(one.name(), e.getCause());
                        }
                    });
                })
                .toList();
        var alone = cases.stream()
                .filter(one -> one.trouble().needsTheServerAlone())
                .map(one -> DynamicTest.dynamicTest(one.name(), one.work()::call));
        return Stream.concat(sideBySide.stream(), alone);
    }
}
