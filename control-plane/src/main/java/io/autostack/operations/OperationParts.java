package io.autostack.operations;

import io.autostack.provisioning.Operation;
import io.autostack.ui.operations.Operation.Mending;
import io.autostack.ui.operations.OperationRow;
import io.autostack.ui.operations.State;
import io.autostack.ui.operations.Step;
import io.autostack.ui.parts.Fact;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Operations as parts of pages.
public final class OperationParts {

    private OperationParts() {}

    public static io.autostack.ui.operations.Operation operation(Operation operation, Mending mending) {
        return new io.autostack.ui.operations.Operation(
                operation.id().toString(),
                operation.title(),
                state(operation.state()),
                operation.simulated(),
                operation.startedAt(),
                operation.finishedAt(),
                operation.steps().stream().map(OperationParts::step).toList(),
                mending,
                destination(operation));
    }

    public static OperationRow row(Operation operation) {
        return new OperationRow(
                operation.id().toString(),
                operation.title(),
                operation
                        .facts()
                        .find("app")
                        .orElse(operation.facts().find("slug").orElse("")),
                state(operation.state()),
                operation.simulated(),
                operation.startedAt(),
                operation.finishedAt());
    }

    /// Evidence as facts, in a stable order.
    public static List<Fact> facts(Map<String, String> evidence) {
        return new TreeMap<>(evidence)
                .entrySet().stream()
                        .map(entry -> entry.getValue().startsWith("http://")
                                ? Fact.link(entry.getKey(), entry.getValue(), entry.getValue())
                                : Fact.code(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static io.autostack.ui.operations.Operation.Destination destination(Operation operation) {
        var slug = operation.facts().get("slug");
        return operation
                .facts()
                .find("deployment")
                .map(deployment -> new io.autostack.ui.operations.Operation.Destination(
                        "Open the app", "/tenants/" + slug + "/deployments/" + deployment))
                .orElseGet(() ->
                        new io.autostack.ui.operations.Operation.Destination("Open the tenant", "/tenants/" + slug));
    }

    private static Step step(Operation.StepRecord step) {
        return new Step(
                step.title(),
                state(step.state()),
                step.attempts(),
                step.startedAt(),
                step.finishedAt(),
                facts(step.evidence()),
                step.message(),
                step.state() == Operation.State.FAILED
                        ? "Retry goes on here; the steps before stay as they are."
                        : null,
                step.simulated());
    }

    private static State state(Operation.State state) {
        return State.of(state.word());
    }
}
