package io.autostack.operations;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.StepRecord;
import org.jspecify.annotations.Nullable;

/// Where to look next when a step is in trouble. Pure.
final class Hint {

    private Hint() {}

    static @Nullable String of(Operation operation, StepRecord step) {
        return switch (step.state()) {
            case FAILED -> "Retry goes on here; the steps before stay as they are. " + where(operation, step);
            case RUNNING -> step.failures() == 0 ? null : "It is asked again by itself. " + where(operation, step);
            case WAITING, DONE -> null;
        };
    }

    private static String where(Operation operation, StepRecord step) {
        var log = "“./autostack logs” says more at operation=" + operation.id();
        if (step.name().startsWith("container:") || step.name().startsWith("undo:container:"))
            return log + "; “docker ps -a” and “docker logs” show the container itself.";
        if (step.name().contains("database")
                || step.name().contains("check")
                || step.name().contains("size"))
            return log + "; “./autostack logs postgres” shows what the database said.";
        return log + ".";
    }
}
