package io.autostack.provisioning;

import io.autostack.provisioning.Operation.State;
import org.jspecify.annotations.Nullable;

/// What becomes of an operation, unless somebody was faster.
///
/// @param operation as it was read
/// @param learned by its steps so far
/// @param simulated whether it built something that is not real by this
/// @param unanswered attempts in a row that were begun, this one included, and of which no answer is written down
/// @param unhandled failures in a row to take note of its end
record OperationChange(
        Operation operation,
        State to,
        Facts learned,
        @Nullable String message,
        boolean simulated,
        int unanswered,
        int unhandled) {

    OperationChange {
        message = Bounded.sentence(message);
    }

    /// Nothing of it is under way any more.
    static OperationChange of(Operation operation, State to, @Nullable String message) {
        return new OperationChange(operation, to, operation.learned(), message, false, 0, 0);
    }

    /// What it answered is written down; it goes on later.
    static OperationChange answered(Operation operation, Facts learned, @Nullable String message) {
        return new OperationChange(operation, State.RUNNING, learned, message, false, 0, operation.unhandled());
    }

    /// Something is begun once more.
    static OperationChange begun(Operation operation) {
        return new OperationChange(
                operation,
                State.RUNNING,
                operation.learned(),
                null,
                false,
                operation.unanswered() + 1,
                operation.unhandled());
    }

    /// What comes next is begun together with the answer of what came before.
    static OperationChange advanced(Operation operation, Facts learned, boolean simulated) {
        return new OperationChange(operation, State.RUNNING, learned, null, simulated, 1, 0);
    }

    /// One that is being set aside remains so.
    static OperationChange unhandled(Operation operation, int failures, String message) {
        int unanswered = operation.unanswered() > OperationExecutor.DEATHS ? OperationExecutor.DEATHS : 0;
        return new OperationChange(operation, State.RUNNING, operation.learned(), message, false, unanswered, failures);
    }
}
