package io.autostack.operations;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.cloud.CloudDescription.Hints;
import org.jspecify.annotations.Nullable;

/// Where to look next when a step is in trouble. Pure.
final class Hint {

    private Hint() {}

    static @Nullable String of(Hints hints, Operation operation, StepRecord step) {
        return switch (step.state()) {
            case FAILED -> "Retry goes on here; the steps before stay as they are. " + where(hints, operation, step);
            case RUNNING ->
                step.failures() == 0 ? null : "It is asked again by itself. " + where(hints, operation, step);
            case WAITING, DONE -> null;
        };
    }

    private static String where(Hints hints, Operation operation, StepRecord step) {
        var log = hints.log() + " says more at operation=" + operation.id();
        if (step.name().startsWith("container:") || step.name().startsWith("undo:container:"))
            return log + "; " + hints.container() + ".";
        if (step.name().contains("database")
                || step.name().contains("check")
                || step.name().contains("size")) return log + "; " + hints.database() + ".";
        return log + ".";
    }
}
