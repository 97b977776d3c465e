package io.autostack.provisioning;

import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of one step. Whatever it says is cut to a length that can be kept.
record StepChange(
        StepRecord step,
        State to,
        int attempts,
        int failures,
        Map<String, String> evidence,
        boolean simulated,
        @Nullable String message) {

    StepChange {
        evidence = Bounded.evidence(evidence);
        message = Bounded.sentence(message);
    }

    static StepChange of(StepRecord step, State to, @Nullable String message) {
        return new StepChange(step, to, step.attempts(), step.failures(), step.evidence(), step.simulated(), message);
    }

    /// What it waits for is known until it says something else.
    static StepChange begun(StepRecord step) {
        return new StepChange(
                step, State.RUNNING, step.attempts() + 1, step.failures(), step.evidence(), false, step.message());
    }

    static StepChange waits(StepRecord step, int failures, String message) {
        return new StepChange(step, State.RUNNING, step.attempts(), failures, step.evidence(), false, message);
    }

    static StepChange failed(StepRecord step, int failures, String reason) {
        return new StepChange(step, State.FAILED, step.attempts(), failures, step.evidence(), false, reason);
    }

    /// Once it is written down.
    StepRecord at(@Nullable Instant startedAt, @Nullable Instant finishedAt) {
        return new StepRecord(
                step.position(),
                step.name(),
                step.title(),
                to,
                attempts,
                failures,
                startedAt,
                finishedAt,
                evidence,
                simulated,
                message);
    }
}
