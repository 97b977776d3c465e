package io.autostack.provisioning;

import io.autostack.provisioning.Operation.State;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends operations, each together with its owner's completion handler. An owner that cannot take note is
/// asked again for as long as outages last, and not for ever.
final class Completions {

    private static final Logger LOG = Logger.getLogger(Completions.class);

    private final Ledger ledger;
    private final Kinds kinds;
    private final RandomGenerator random;

    Completions(Ledger ledger, Kinds kinds, RandomGenerator random) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.random = random;
    }

    /// The end of an operation and its owner's completion handler are one transaction.
    ///
    /// @param last the step that ends with it
    /// @return when to try again; empty when it has ended
    Optional<Duration> end(Operation operation, State state, @Nullable StepChange last, @Nullable String message) {
        try {
            end(operation, state, last, message, true);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            int failures = operation.unhandled() + 1;
            LOG.warnf(
                    Bounded.trouble(e),
                    "what follows from the end of operation %s could not be written down, %d times in a row",
                    operation.id(),
                    failures);
            var pause = Retries.pause(failures, random);
            if (pause.isPresent()) later(operation, failures);
            else giveUp(operation, state, last, message, failures);
            return pause;
        }
    }

    /// Without its owner, who is not asked again.
    void endUnhandled(Operation operation, @Nullable StepChange last, String message) {
        LOG.errorf(
                "operation %s, “%s”, has failed, and its owner knows nothing of it", operation.id(), operation.title());
        end(operation, State.FAILED, last, message, false);
    }

    private void later(Operation operation, int failures) {
        var change = OperationChange.unhandled(
                operation, failures, "What follows from its end could not be written down; that is tried again.");
        ledger.alone(connection -> ledger.change(connection, change));
    }

    private void giveUp(
            Operation operation, State state, @Nullable StepChange last, @Nullable String message, int failures) {
        if (state == State.FAILED) {
            endUnhandled(
                    operation,
                    last,
                    message + " Besides, what follows from that could not be written down, " + failures
                            + " times in a row.");
            return;
        }
        var sentence = "All steps are done, but what follows from that could not be written down, " + failures
                + " times in a row. An operator finds the reason in the log; Retry tries it again.";
        try {
            end(operation, State.FAILED, null, sentence, true);
        } catch (RuntimeException | Error e) {
            LOG.warnf(Bounded.trouble(e), "operation %s could not be completed as failed either", operation.id());
            endUnhandled(operation, null, sentence);
        }
    }

    private void end(
            Operation operation, State state, @Nullable StepChange last, @Nullable String message, boolean completed) {
        ledger.alone(connection -> {
            if (!ledger.change(connection, OperationChange.of(operation, state, message))) return false;
            if (last != null) ledger.step(connection, operation.id(), last);
            if (completed)
                kinds.completed(ledger.find(connection, operation.id()).orElseThrow());
            return true;
        });
    }
}
