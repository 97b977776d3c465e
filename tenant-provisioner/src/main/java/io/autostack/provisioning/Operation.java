package io.autostack.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A durable operation: its request, its steps and how far they are.
///
/// @param title what a person reads, as in "Onboard acme"
/// @param learned by its steps, and by those of the operation that it rolls back
/// @param message why it failed, or what it waits for
/// @param simulated true when at least one step built nothing real
/// @param version grows with every change
/// @param unanswered attempts in a row that were begun and of which no answer is written down
/// @param unhandled failures in a row to take note of its end
public record Operation(
        UUID id,
        UUID tenant,
        String kind,
        String title,
        State state,
        StoredRequest request,
        Facts learned,
        @Nullable String message,
        boolean simulated,
        int version,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int unanswered,
        int unhandled,
        List<StepRecord> steps) {

    public Operation {
        steps = List.copyOf(steps);
    }

    Operation with(List<StepRecord> steps) {
        return copy(state, learned, message, simulated, version, unanswered, unhandled, steps);
    }

    /// One change later.
    Operation after(OperationChange change, List<StepRecord> steps) {
        return copy(
                change.to(),
                change.learned(),
                change.message(),
                simulated || change.simulated(),
                version + 1,
                change.unanswered(),
                change.unhandled(),
                steps);
    }

    /// With nothing under suspicion.
    Operation trusted() {
        return copy(state, learned, message, simulated, version, 0, unhandled, steps);
    }

    private Operation copy(
            State state,
            Facts learned,
            @Nullable String message,
            boolean simulated,
            int version,
            int unanswered,
            int unhandled,
            List<StepRecord> steps) {
        return new Operation(
                id,
                tenant,
                kind,
                title,
                state,
                request,
                learned,
                message,
                simulated,
                version,
                createdAt,
                startedAt,
                finishedAt,
                unanswered,
                unhandled,
                steps);
    }

    /// What it was asked for.
    ///
    /// @throws IllegalStateException when it was something else, or this version cannot read it
    public <R extends OperationRequest> R request(Class<R> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException(
                        "operation " + id + " is not asked for by a " + type.getName() + ": " + request));
    }

    /// The same; empty when it was something else, or this version cannot read it.
    public <R extends OperationRequest> Optional<R> find(Class<R> type) {
        return request instanceof StoredRequest.Readable(var readable) && type.isInstance(readable)
                ? Optional.of(type.cast(readable))
                : Optional.empty();
    }

    public boolean finished() {
        return state == State.DONE || state == State.FAILED;
    }

    /// The step that is at work, or comes next; empty when all are done.
    Optional<StepRecord> next() {
        return nextAfter(null);
    }

    /// @param done counts as done already
    Optional<StepRecord> nextAfter(@Nullable StepRecord done) {
        return steps.stream()
                .filter(step -> step.state() != State.DONE && (done == null || step.position() != done.position()))
                .findFirst();
    }

    /// Where an operation or a step is.
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /// What one step did so far.
    ///
    /// @param failures in a row without an answer
    public record StepRecord(
            int position,
            String name,
            String title,
            State state,
            int attempts,
            int failures,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            Map<String, String> evidence,
            boolean simulated,
            @Nullable String message) {

        private static final String CALLED = "called";
        private static final String WAITED_FOR = "waited for";

        /// What the step found or did, without the calls that it took.
        public Map<String, String> findings() {
            var findings = new TreeMap<>(evidence);
            findings.remove(CALLED);
            return findings;
        }

        /// Whether it failed because what it waited for did not come in its time.
        public boolean waitedInVain() {
            return evidence.containsKey(WAITED_FOR);
        }

        /// What it says that it waits for is kept when its time is over.
        StepRecord inVain() {
            if (message == null) return this;
            var more = new TreeMap<>(evidence);
            more.put(WAITED_FOR, message);
            return with(more);
        }

        /// With the calls of its last attempt as the only evidence so far.
        StepRecord called(List<String> calls) {
            return with(calls.isEmpty() ? Map.of() : Map.of(CALLED, String.join("; ", calls)));
        }

        private StepRecord with(Map<String, String> evidence) {
            return new StepRecord(
                    position,
                    name,
                    title,
                    state,
                    attempts,
                    failures,
                    startedAt,
                    finishedAt,
                    evidence,
                    simulated,
                    message);
        }
    }
}
