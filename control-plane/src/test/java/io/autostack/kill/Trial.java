package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What has been tried of one kind of operation: before which writes it was killed, and what is still to come.
final class Trial {

    private final Kind kind;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Deque<Customer> customers = new ArrayDeque<>();
    private final TreeSet<Integer> tried = new TreeSet<>();
    private final TreeSet<Integer> killed = new TreeSet<>();
    private final TreeSet<Integer> unreached = new TreeSet<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private Iterator<Integer> stops = List.<Integer>of().iterator();
    private List<String> undisturbed = List.of();
    private @Nullable Throwable failure;

    Trial(Kind kind) {
        this.kind = kind;
    }

    /// An operation on its way.
    ///
    /// @param stop the write that is not to happen
    /// @param asked the id of the operation, once there is an answer
    record Attempt(Trial trial, Customer customer, Target target, int stop, CompletableFuture<String> asked) {

        boolean answered() {
            return asked.isDone() && !asked.isCompletedExceptionally();
        }

        String operation() {
            return asked.join();
        }

        Attempt askedAgain(CompletableFuture<String> again) {
            return new Attempt(trial, customer, target, stop, again);
        }
    }

    Kind kind() {
        return kind;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /// Tenants that are where the operation begins.
    Deque<Customer> customers() {
        return customers;
    }

    /// Before each write, until an operation ends without having got that far.
    void beforeEach() {
        stops = IntStream.iterate(1, ignored -> unreached.isEmpty(), stop -> stop + 1)
                .iterator();
    }

    /// @param all the writes of an operation that was left alone
    void beforeSomeOf(List<String> all, Sample sample) {
        undisturbed = all;
        stops = sample.of(all, kind.standsForTheEngine()).iterator();
    }

    /// The writes that are tried next.
    List<Integer> open(int most) {
        while (open.size() < most && failure == null && stops.hasNext()) open.add(stops.next());
        return List.copyOf(open);
    }

    /// Whether it gets so far without anybody who claims: what is enqueued by a run of its own does not.
    boolean needsNoClaims(int stop) {
        int first = undisturbed.indexOf(Target.CLAIM) + 1;
        return !kind.isEnqueuedLater() && stop <= Math.max(Target.CLAIMED, first);
    }

    /// Whether nobody can claim anything any more once it is held there.
    boolean endsClaims(int stop) {
        return stop <= undisturbed.size() && undisturbed.get(stop - 1).equals(Target.CLAIM);
    }

    boolean isOver() {
        return open(1).isEmpty();
    }

    void begun(int stop) {
        open.remove(stop);
        tried.add(stop);
    }

    /// Another one of the same round kept it from getting there.
    void onceMore(int stop) {
        tried.remove(stop);
        if (failure == null) open.addFirst(stop);
    }

    void killedBefore(int stop) {
        killed.add(stop);
    }

    void neverReached(int stop) {
        unreached.add(stop);
    }

    /// Nothing more is tried of it.
    void failed(Throwable reason) {
        if (failure == null) failure = reason;
        else if (failure != reason) failure.addSuppressed(reason);
        open.clear();
        customers.clear();
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /// One death before each write that was tried and that there is. One that had to ask a busy server again writes
    /// more often than the others.
    void assertThatEachWasKilled() {
        int reached = unreached.isEmpty() ? Target.NEVER : unreached.first();
        assertThat(killed.headSet(reached))
                .as("one death before each write")
                .isNotEmpty()
                .containsExactlyElementsOf(tried.headSet(reached));
    }

    int deaths() {
        return killed.size();
    }

    /// That an operation has when nobody kills it.
    int writes() {
        return undisturbed.isEmpty() ? unreached.first() - 1 : undisturbed.size();
    }
}
