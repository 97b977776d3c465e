package io.autostack.kill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Trial.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// Tries kinds of operations again and again, each time on another tenant and killed at another write.
///
/// Many wait for their death together, of whatever kind: each is held before a write of its own, then one `kill -9`
/// ends them all.
final class Rounds {

    private static final int TOGETHER = 30;

    /// The driver has two dozen connections, and those that go on need some.
    private static final int IN_DRIVER = 14;

    private static final int SIDE_BY_SIDE = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    /// Where dozens wait side by side.
    private static final Duration AT_LEISURE = Duration.ofMillis(150);

    private final Application application;
    private final Truth truth;
    private final Sample sample = new Sample();
    private int kills;

    Rounds(Application application, Truth truth) {
        this.application = application;
        this.truth = truth;
    }

    /// Before each write of each kind, or before those of a sample; everything has ended afterwards.
    void run(List<Trial> trials, boolean exhaustive) {
        if (exhaustive) trials.forEach(Trial::beforeEach);
        else undisturbed(trials);
        while (trials.stream().anyMatch(trial -> !trial.isOver())) round(trials);
        trials.forEach(trial -> guarded(trial, this::reconcile));
        say("%d kinds, %d kills", trials.size(), kills);
    }

    static void await(Truth truth, String operation) {
        waitFor("operation " + operation + " ends", AT_LEISURE, () -> truth.ended(operation));
    }

    static void say(String format, Object... values) {
        System.out.printf("[kill] " + format + "%n", values);
    }

    /// What fails of one kind is its own: the others go on, and nobody is held in their way.
    private void guarded(Trial trial, Consumer<Trial> work) {
        if (trial.failure().isPresent()) return;
        try {
            work.accept(trial);
        } catch (RuntimeException | AssertionError e) {
            trial.failed(e);
            say("%s: failed, %s", trial.kind(), e.toString());
            application.kill();
            application.start();
        }
    }

    private void undisturbed(List<Trial> trials) {
        prepared(trials.stream()
                .map(trial -> new Preparation(trial, prepare(trial, 1)))
                .toList());
        trials.forEach(trial -> guarded(trial, this::undisturbed));
    }

    private void undisturbed(Trial trial) {
        var attempt = begin(trial, Target.NEVER);
        assertThat(end(attempt)).isEqualTo(End.ENDED);
        trial.beforeSomeOf(attempt.target().writes(), sample);
        application.gate().forget();
    }

    /// One write of a kind.
    private record Stop(Trial trial, int number) {

        /// What needs claims comes before what ends them, and that before what needs none.
        int rank() {
            if (trial.needsNoClaims(number)) return trial.endsClaims(number) ? 2 : 3;
            return trial.endsClaims(number) ? 1 : 0;
        }

        boolean goesBesideOthers() {
            return rank() == 0 && !trial.kind().isEnqueuedLater();
        }
    }

    /// The kinds take turns.
    private static List<Stop> next(List<Trial> trials) {
        var open = trials.stream().map(trial -> trial.open(TOGETHER)).toList();
        var next = new ArrayList<Stop>();
        for (int turn = 0; turn < TOGETHER; turn++)
            for (int at = 0; at < trials.size() && next.size() < TOGETHER; at++)
                if (turn < open.get(at).size())
                    next.add(new Stop(trials.get(at), open.get(at).get(turn)));
        next.sort(Comparator.comparingInt(Stop::rank).thenComparing(Stop::number, Comparator.reverseOrder()));
        return next;
    }

    private void round(List<Trial> trials) {
        var stops = next(trials);
        var preparations = trials.stream()
                .map(trial -> new Preparation(trial, prepare(trial, (int)
                        stops.stream().filter(stop -> stop.trial() == trial).count())))
                .toList();
        prepared(preparations);
        trials.forEach(trial -> guarded(trial, this::reconcile));

        var held = new ArrayList<Attempt>();
        for (var wave : waves(stops)) attempt(wave, held);
        if (held.isEmpty()) application.gate().forget();
        else kill(held);
    }

    private record Preparation(Trial trial, CompletableFuture<Void> made) {}

    private void prepared(List<Preparation> preparations) {
        preparations.forEach(preparation ->
                guarded(preparation.trial(), trial -> preparation.made().join()));
    }

    /// What needs claims and leaves them alone goes side by side, everything else one after the other.
    private static List<List<Stop>> waves(List<Stop> stops) {
        var waves = new ArrayList<List<Stop>>();
        for (var stop : stops) {
            var last = waves.isEmpty() ? List.<Stop>of() : waves.getLast();
            boolean fits = stop.goesBesideOthers()
                    && !last.isEmpty()
                    && last.getFirst().goesBesideOthers();
            if (!fits || last.size() == SIDE_BY_SIDE) waves.add(new ArrayList<>());
            waves.getLast().add(stop);
        }
        return waves;
    }

    private void attempt(List<Stop> wave, List<Attempt> held) {
        var begun = new ArrayList<Attempt>();
        for (var stop : wave)
            if (mayBegin(stop, held))
                guarded(stop.trial(), trial -> {
                    trial.begun(stop.number());
                    begun.add(begin(trial, stop.number()));
                });
        for (var attempt : begun)
            guarded(attempt.trial(), trial -> {
                switch (end(attempt)) {
                    case HELD -> held.add(attempt);
                    case ENDED -> trial.neverReached(attempt.stop());
                    case KEPT_WAITING -> trial.onceMore(attempt.stop());
                }
            });
    }

    private boolean mayBegin(Stop stop, List<Attempt> held) {
        if (application.gate().claimsAreHeld() && !stop.trial().needsNoClaims(stop.number())) return false;
        if (held.stream().filter(attempt -> attempt.target().isHeldInDriver()).count() >= IN_DRIVER) return false;
        // Nor does anything begin when the run that enqueues is held itself.
        return !stop.trial().kind().isEnqueuedLater() || held.stream().allMatch(Attempt::answered);
    }

    private void kill(List<Attempt> held) {
        var unanswered = held.stream().filter(attempt -> !attempt.answered()).toList();
        for (var attempt : held)
            say(
                    "%-24s %3d  %s",
                    attempt.trial().kind().name(),
                    attempt.stop(),
                    attempt.target().held().orElseThrow());
        application.kill();
        kills++;
        application.start();
        held.forEach(attempt -> attempt.trial().killedBefore(attempt.stop()));
        // Who got no answer asks again, as everybody would.
        for (var attempt : unanswered) {
            var attempts = attempt.trial().attempts();
            attempts.set(attempts.indexOf(attempt), attempt.askedAgain(ask(attempt.trial(), attempt.customer())));
        }
    }

    private Attempt begin(Trial trial, int stop) {
        var customer = trial.customers().removeFirst();
        var target =
                new Target(customer.slug(), customer.id(), stop, trial.kind().isEnqueuedLater());
        application.gate().watch(target);
        if (target.comesBeforeItsClaim()) until(trial, "claims are held", application.gate()::claimsAreHeld);
        var attempt = new Attempt(trial, customer, target, stop, ask(trial, customer));
        trial.attempts().add(attempt);
        return attempt;
    }

    private CompletableFuture<String> ask(Trial trial, Customer customer) {
        return CompletableFuture.supplyAsync(
                () -> trial.kind().asked().make(application, customer).orElseThrow(), Thread::startVirtualThread);
    }

    private enum End {
        HELD,
        ENDED,
        /// It needs a claim, and another one of its round holds them all.
        KEPT_WAITING
    }

    /// Waits until the operation is held or has ended, or until it cannot get any further in this round.
    private End end(Attempt attempt) {
        var end = new AtomicReference<@Nullable End>();
        until(
                attempt.trial(),
                attempt.customer().slug() + " is held before write " + attempt.stop() + ", or ends",
                () -> {
                    end.set(endNow(attempt).orElse(null));
                    return end.get() != null;
                });
        return requireNonNull(end.get());
    }

    private Optional<End> endNow(Attempt attempt) {
        if (attempt.asked().isCompletedExceptionally()) attempt.operation();
        if (application.gate().holds(attempt.target()))
            return attempt.answered() || !attempt.target().isEnqueued() ? Optional.of(End.HELD) : Optional.empty();
        if (!attempt.answered()) return Optional.empty();
        if (truth.ended(attempt.operation())) return Optional.of(End.ENDED);
        return application.gate().claimsAreHeld() && attempt.target().waitsForItsClaim()
                ? Optional.of(End.KEPT_WAITING)
                : Optional.empty();
    }

    /// Tenants that are where the operation begins, made side by side and undisturbed.
    private CompletableFuture<Void> prepare(Trial trial, int many) {
        var made = new ArrayList<CompletableFuture<Customer>>();
        while (trial.customers().size() + made.size() < many) {
            var customer = Customer.next();
            made.add(CompletableFuture.supplyAsync(() -> prepared(trial.kind(), customer), Thread::startVirtualThread));
        }
        return CompletableFuture.allOf(made.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> made.forEach(one -> trial.customers().add(one.join())));
    }

    private Customer prepared(Kind kind, Customer customer) {
        for (var move : kind.before())
            move.make(application, customer).ifPresent(operation -> {
                await(truth, operation);
                customer.notes().put("operation", operation);
            });
        return customer;
    }

    /// Waits until whoever came after the dead has ended what they had begun.
    private void reconcile(Trial trial) {
        for (var attempt : trial.attempts())
            until(
                    trial,
                    attempt.customer().slug() + ", killed before write " + attempt.stop() + ", ends",
                    () -> truth.ended(attempt.operation()));
    }

    private void until(Trial trial, String what, BooleanSupplier reached) {
        try {
            waitFor(what, AT_ONCE, reached);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    trial.kind() + " never came so far that " + what + "; " + application.gate() + "; it said last:\n"
                            + application.lastWords(),
                    e);
        }
    }

    private static void waitFor(String what, Duration interval, BooleanSupplier reached) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(interval)
                .until(reached::getAsBoolean);
    }
}
