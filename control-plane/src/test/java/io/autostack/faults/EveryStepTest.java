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
import io.autostack.testing.Exhaustive;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
    Stream<DynamicTest> a_step_that_meets_a_fault_ends_as_if_nothing_had_happened_or_is_mended_by_retry() {
        return tests("", cases(Scenario.chosen(), this::undisturbed), this::disturbed);
    }

    @TestFactory
    Stream<DynamicTest> a_release_that_meets_a_fault_leaves_nothing_in_the_end() {
        return tests(
                "release of ",
                cases(Scenario.chosen().filter(Scenario::canBeReleased), this::undisturbedRelease),
                this::disturbedRelease);
    }

    /// What an operation leaves that meets no fault, and what its steps ask the cloud for.
    private record Undisturbed(Scenario scenario, List<String> after, List<ObservedStep> steps) {}

    /// @param methods of the cloud that it calls, in their order
    /// @param arguments of its first call, which is the one that meets a fault
    private record ObservedStep(String name, List<String> methods, List<Object> arguments) {}

    private record Case(Undisturbed undisturbed, ObservedStep step, Trouble trouble) {

        private static final ObservedStep EACH = new ObservedStep("each", List.of(), List.of());

        /// A lost answer changes nothing about what follows, so one operation can lose one in each step.
        static Stream<Case> of(Undisturbed undisturbed) {
            if (Exhaustive.isAsked()) return inTurn(undisturbed, trouble -> true);
            return Stream.concat(
                    Stream.of(new Case(undisturbed, EACH, Trouble.TIMEOUT_AFTER_SUCCESS)),
                    inTurn(undisturbed, trouble -> trouble != Trouble.TIMEOUT_AFTER_SUCCESS));
        }

        private static Stream<Case> inTurn(Undisturbed undisturbed, Predicate<Trouble> which) {
            return undisturbed.steps().stream()
                    .flatMap(step -> Stream.of(Trouble.values())
                            .filter(which)
                            .map(trouble -> new Case(undisturbed, step, trouble)));
        }

        boolean isAboutEachStep() {
            return step.equals(EACH);
        }

        /// @return what is asked at the end: whether the operation met it
        Consumer<Operation> begin(Tenant tenant, Damage damage) {
            if (!isAboutEachStep()) {
                Faults.want(tenant.id(), step.name(), trouble.fault(damage));
                return operation -> {};
            }
            var lost = new LostInEachStep();
            Faults.want(tenant.id(), null, lost);
            return operation ->
                    assertThat(lost.steps()).as("steps that lost an answer").containsAll(stepsInTheCloud(operation));
        }

        Scenario scenario() {
            return undisturbed.scenario();
        }

        String words() {
            return scenario().kind() + " / " + step.name() + " / " + trouble.words();
        }
    }

    private interface Preparation {
        Undisturbed of(Scenario scenario) throws SQLException;
    }

    private interface Trying {
        void of(Case one) throws SQLException;
    }

    private List<Case> cases(Stream<Scenario> scenarios, Preparation preparation) {
        var sample = new Sample();
        return scenarios.map(scenario -> pool.submit(() -> preparation.of(scenario))).toList().stream()
                .map(EveryStepTest::ended)
                .flatMap(Case::of)
                .filter(one -> one.scenario().meets(one.trouble()))
                .filter(one -> one.trouble().concerns(one.step().arguments()))
                .filter(sample::takes)
                .toList();
    }

    /// A fault meets a step and what it asks the cloud for once, whichever kind of operation has that step. What finds
    /// damage is the work of the cloud alone, whatever the step is called.
    private static final class Sample {

        private record Met(Trouble trouble, List<String> methods, String step) {}

        private final Set<Met> taken = new HashSet<>();

        boolean takes(Case one) {
            var step = one.trouble().isDamage() ? "" : one.step().name();
            return Exhaustive.isAsked()
                    || one.isAboutEachStep()
                    || taken.add(new Met(one.trouble(), one.step().methods(), step));
        }
    }

    private Undisturbed undisturbed(Scenario scenario) throws SQLException {
        var tenant = scenario.prepared(stage);
        var watch = Faults.watch(tenant.id());
        var done = stage.done(stage.enqueue(scenario.request().apply(tenant)));
        return new Undisturbed(scenario, found(tenant), observed(done, watch.calls()));
    }

    private Undisturbed undisturbedRelease(Scenario scenario) throws SQLException {
        var tenant = scenario.prepared(stage);
        var before = found(tenant);
        var failed = failedAtItsEnd(scenario, tenant);
        var watch = Faults.watch(tenant.id());
        var done = stage.done(stage.rollBack(failed));
        assertThat(found(tenant)).as("release of " + scenario.kind()).isEqualTo(before);
        return new Undisturbed(scenario, before, observed(done, watch.calls()));
    }

    private static List<ObservedStep> observed(Operation operation, List<ObservedCall> calls) {
        return stepsInTheCloud(operation).stream()
                .map(step -> observed(
                        step,
                        calls.stream().filter(seen -> seen.step().equals(step)).toList()))
                .toList();
    }

    private static List<String> stepsInTheCloud(Operation operation) {
        return operation.steps().stream()
                .map(Operation.StepRecord::name)
                .filter(step -> !step.equals(PROOF))
                .toList();
    }

    private static ObservedStep observed(String step, List<ObservedCall> calls) {
        assertThat(calls).as("calls of the step " + step).isNotEmpty();
        return new ObservedStep(
                step,
                calls.stream().map(ObservedCall::method).toList(),
                calls.getFirst().arguments());
    }

    private void disturbed(Case one) throws SQLException {
        var scenario = one.scenario();
        var tenant = scenario.prepared(stage);
        var damage = new Damage();
        var watch = Faults.watch(tenant.id());
        var met = one.begin(tenant, damage);
        var operation = stage.ended(stage.enqueue(scenario.request().apply(tenant)));

        if (operation.state() == State.FAILED) {
            assertReason(operation);
            repaired(tenant, damage);
            assertThat(stage.retry(operation.id())).isTrue();
            stage.done(operation.id());
        } else leftAlone(watch, operation, one.step().name(), damage);
        damage.tidyUp();
        met.accept(operation);
        assertThat(found(tenant)).isEqualTo(one.undisturbed().after());
        assertThat(watch.maxInside()).as("calls at the same time").hasValue(1);
        Faults.forget(Set.of(tenant.id()));

        if (operation.state() == State.FAILED && scenario.canBeReleased())
            rolledBack(scenario, one.step().name(), one.trouble());
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

    private void disturbedRelease(Case one) throws SQLException {
        var scenario = one.scenario();
        var step = one.step().name();
        var tenant = asBefore(scenario);
        var before = found(tenant);
        var failed = failedAtItsEnd(scenario, tenant);
        var damage = new Damage();
        var watch = Faults.watch(tenant.id());
        var met = one.begin(tenant, damage);

        var rollback = stage.ended(stage.rollBack(failed));

        if (rollback.state() == State.FAILED) {
            assertReason(rollback);
            repaired(tenant, damage);
            assertThat(stage.retry(rollback.id())).isTrue();
            stage.done(rollback.id());
        } else leftAlone(watch, rollback, step, damage);
        damage.tidyUp();
        met.accept(rollback);
        assertThat(found(tenant)).isEqualTo(before);
        restored(scenario, tenant);
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
    private Stream<DynamicTest> tests(String prefix, List<Case> cases, Trying trying) {
        assertThat(cases).isNotEmpty();
        var sideBySide = cases.stream()
                .filter(one -> !one.trouble().needsTheServerAlone())
                .map(one -> {
                    var result = pool.submit(() -> {
                        trying.of(one);
                        return one;
                    });
                    return DynamicTest.dynamicTest(prefix + one.words(), () -> ended(result));
                })
                .toList();
        var alone = cases.stream()
                .filter(one -> one.trouble().needsTheServerAlone())
                .map(one -> DynamicTest.dynamicTest(prefix + one.words(), () -> trying.of(one)));
        return Stream.concat(sideBySide.stream(), alone);
    }

    private static <T> T ended(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
