package io.autostack.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A promise and how far it is kept.
///
/// @param title what a person reads, as in "Onboard acme"
/// @param message why it failed, or what it waits for
/// @param simulated true when at least one step built nothing real
/// @param version grows with every change
public record Operation(
        UUID id,
        UUID tenant,
        String kind,
        String title,
        State state,
        Facts facts,
        @Nullable String message,
        boolean simulated,
        int version,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<StepRecord> steps) {

    public Operation {
        steps = List.copyOf(steps);
    }

    Operation with(List<StepRecord> steps) {
        return new Operation(
                id,
                tenant,
                kind,
                title,
                state,
                facts,
                message,
                simulated,
                version,
                createdAt,
                startedAt,
                finishedAt,
                steps);
    }

    /// One change later.
    Operation running(Facts facts, boolean simulated, List<StepRecord> steps) {
        return new Operation(
                id,
                tenant,
                kind,
                title,
                State.RUNNING,
                facts,
                null,
                this.simulated || simulated,
                version + 1,
                createdAt,
                startedAt,
                finishedAt,
                steps);
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

        /// What the step found or did, without the calls that it took.
        public Map<String, String> findings() {
            var findings = new TreeMap<>(evidence);
            findings.remove(CALLED);
            return findings;
        }

        /// With the calls of its last attempt as the only evidence so far.
        StepRecord called(List<String> calls) {
            return new StepRecord(
                    position,
                    name,
                    title,
                    state,
                    attempts,
                    failures,
                    startedAt,
                    finishedAt,
                    calls.isEmpty() ? Map.of() : Map.of(CALLED, String.join("; ", calls)),
                    simulated,
                    message);
        }
    }
}
