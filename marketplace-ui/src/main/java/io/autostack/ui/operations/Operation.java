package io.autostack.ui.operations;

import io.autostack.ui.parts.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of durable work: what it is about, how far it is, and where to look when it is done.
public record Operation(
        String id,
        String title,
        State state,
        boolean simulated,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Step> steps,
        @Nullable Cost cost,
        Recovery recovery,
        @Nullable Destination destination) {

    /// What the viewer can do about a failed operation.
    ///
    /// @param retry let it go on at the step that failed
    /// @param skip let it go on without that step
    /// @param release take back everything it built
    public record Recovery(boolean retry, boolean skip, boolean release) {

        public static final Recovery NONE = new Recovery(false, false, false);
    }

    /// What was built so far, at list prices.
    ///
    /// @param soFar since each part was built
    /// @param monthly once all of it runs
    /// @param before how the sentence about them begins
    /// @param after what follows it
    public record Cost(Amount soFar, Amount monthly, String before, String after) {}

    /// The page of the thing this operation builds or changes.
    public record Destination(String label, String href) {}

    public Operation {
        steps = List.copyOf(steps);
    }

    public boolean live() {
        return !state.isFinal();
    }

    public boolean done() {
        return state == State.DONE;
    }

    public long finishedSteps() {
        return steps.stream().filter(step -> step.state() == State.DONE).count();
    }

    public @Nullable Duration took() {
        return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
    }
}
