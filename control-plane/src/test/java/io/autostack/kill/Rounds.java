package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Tries a kind of operation again and again, each time on another tenant and killed at a later write: before each
/// there is, or before those of a sample.
///
/// Several wait for their death together: each is held before a write of its own, then one `kill -9` ends them all.
final class Rounds {

    private static final int TOGETHER = 12;

    /// The driver has eight connections, and those that go on need some.
    private static final int IN_DRIVER = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Application application;
    private final Truth truth;
    private final Kind kind;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Deque<Customer> customers = new ArrayDeque<>();
    private final TreeSet<Integer> killed = new TreeSet<>();
    private final TreeSet<Integer> unreached = new TreeSet<>();
    private int kills;

    Rounds(Application application, Truth truth, Kind kind) {
        this.application = application;
        this.truth = truth;
        this.kind = kind;
    }

    /// An operation on its way.
    ///
    /// @param asked the id of the operation, once there is an answer
    record Attempt(Customer customer, Target target, int stop, CompletableFuture<String> asked) {

        boolean answered() {
            return asked.isDone() && !asked.isCompletedExceptionally();
        }
    }

    /// Before each write, until an operation ends without having got that far; everything has ended afterwards.
    ///
    /// @return how many writes there are, each of which was the first that did not happen, once
    int all() {
        run(IntStream.iterate(1, ignored -> unreached.isEmpty(), stop -> stop + 1)
                .iterator());
        return unreached.first() - 1;
    }

    /// Before the writes of a sample; everything has ended afterwards.
    ///
    /// @return how many writes an operation has that nobody disturbs
    int some() {
        var writes = undisturbed();
        run(Sample.of(writes).iterator());
        return writes.size();
    }

    /// How many of the writes were the first that did not happen.
    int deaths() {
        return killed.size();
    }

    /// @param stops from the first write on
    private void run(Iterator<Integer> stops) {
        var tried = new TreeSet<Integer>();
        var open = new TreeSet<Integer>(Comparator.reverseOrder());
        do {
            while (open.size() < TOGETHER && stops.hasNext()) open.add(stops.next());
            tried.addAll(open);
            round(open);
        } while (!open.isEmpty() || stops.hasNext());
        reconcile();
        // One that had to ask a busy server again writes more often than the others.
        int reached = unreached.isEmpty() ? Target.NEVER : unreached.first();
        assertThat(killed.headSet(reached))
                .as("one death before each write")
                .isNotEmpty()
                .containsExactlyElementsOf(tried.headSet(reached));
    }

    private List<String> undisturbed() {
        customers.addAll(prepared(1));
        var attempt = begin(customers.removeFirst(), Target.NEVER);
        assertThat(isHeld(attempt)).isFalse();
        attempts.add(attempt);
        application.gate().forget();
        return attempt.target().writes();
    }

    int kills() {
        return kills;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /// @param open the numbers of the writes that are to be tried; those that were are taken out
    private void round(TreeSet<Integer> open) {
        customers.addAll(prepared(open.size() - customers.size()));
        reconcile();
        var held = new ArrayList<Attempt>();
        for (int stop : List.copyOf(open)) {
            // Without claims nothing new begins; only the very first write needs none.
            if (application.gate().claimsAreHeld() && stop != 1) break;
            if (held.stream()
                            .filter(attempt -> attempt.target().isHeldInDriver())
                            .count()
                    >= IN_DRIVER) break;
            // Nor does anything begin when the run that enqueues is held itself.
            if (kind.isEnqueuedLater() && held.stream().anyMatch(attempt -> !attempt.answered())) break;
            open.remove(stop);
            var attempt = begin(customers.removeFirst(), stop);
            if (isHeld(attempt)) held.add(attempt);
            else unreached.add(stop);
            attempts.add(attempt);
        }
        if (held.isEmpty()) application.gate().forget();
        else kill(held);
    }

    private void kill(List<Attempt> held) {
        var unanswered = held.stream().filter(attempt -> !attempt.answered()).toList();
        for (var attempt : held.reversed())
            say("%3d  %s", attempt.stop(), attempt.target().held().orElseThrow());
        application.kill();
        kills++;
        application.start();
        held.forEach(attempt -> killed.add(attempt.stop()));
        // Who got no answer asks again, as everybody would.
        for (var attempt : unanswered) attempts.set(attempts.indexOf(attempt), again(attempt));
    }

    private Attempt begin(Customer customer, int stop) {
        var target = new Target(customer.slug(), customer.id(), stop, kind.isEnqueuedLater());
        application.gate().watch(target);
        if (target.comesBeforeItsClaim()) until("claims are held", application.gate()::claimsAreHeld);
        return new Attempt(customer, target, stop, ask(customer));
    }

    private Attempt again(Attempt attempt) {
        return new Attempt(attempt.customer(), attempt.target(), attempt.stop(), ask(attempt.customer()));
    }

    private CompletableFuture<String> ask(Customer customer) {
        return CompletableFuture.supplyAsync(
                () -> kind.asked().make(application, customer).orElseThrow(), Thread::startVirtualThread);
    }

    /// Waits until the operation is held, or has ended without.
    private boolean isHeld(Attempt attempt) {
        until(attempt.customer().slug() + " is held before write " + attempt.stop() + ", or ends", () -> {
            if (attempt.asked().isCompletedExceptionally()) attempt.asked().join();
            if (application.gate().holds(attempt.target()))
                return attempt.answered() || !attempt.target().isEnqueued();
            return attempt.answered() && truth.ended(attempt.asked().join());
        });
        return application.gate().holds(attempt.target());
    }

    /// Tenants that are where the operation begins, made all at once and undisturbed.
    private List<Customer> prepared(int many) {
        var customers = new ArrayList<Customer>();
        for (int number = 0; number < many; number++) customers.add(Customer.next());
        for (var move : kind.before()) {
            var made = customers.stream()
                    .map(customer -> CompletableFuture.supplyAsync(
                            () -> move.make(application, customer), Thread::startVirtualThread))
                    .toList();
            for (int number = 0; number < many; number++) {
                var customer = customers.get(number);
                made.get(number).join().ifPresent(operation -> {
                    await(truth, operation);
                    customer.notes().put("operation", operation);
                });
            }
        }
        return customers;
    }

    /// Waits until whoever came after the dead has ended what they had begun.
    private void reconcile() {
        for (var attempt : attempts) {
            var operation = attempt.asked().join();
            until(
                    attempt.customer().slug() + ", killed before write " + attempt.stop() + ", ends",
                    () -> truth.ended(operation));
        }
    }

    private void until(String what, BooleanSupplier reached) {
        try {
            waitFor(what, reached);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(
                    kind + " never came so far that " + what + "; " + application.gate() + "; it said last:\n"
                            + application.lastWords(),
                    never);
        }
    }

    private static void waitFor(String what, BooleanSupplier reached) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(reached::getAsBoolean);
    }

    static void await(Truth truth, String operation) {
        waitFor("operation " + operation + " ends", () -> truth.ended(operation));
    }

    static void say(String format, Object... values) {
        System.out.printf("[kill] " + format + "%n", values);
    }
}
