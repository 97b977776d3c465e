package io.autostack.operations;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Rollback;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.ui.operations.Operation.Recovery;
import io.autostack.ui.operations.OperationRow;
import io.autostack.ui.operations.State;
import io.autostack.ui.operations.Step;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Fact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Operations as parts of pages.
@ApplicationScoped
public class OperationParts {

    private final LedgerCost cost;
    private final CloudDescription cloud;

    @Inject
    OperationParts(LedgerCost cost, CloudDescription cloud) {
        this.cost = cost;
        this.cloud = cloud;
    }

    public io.autostack.ui.operations.Operation operation(Operation operation, Recovery recovery) {
        return new io.autostack.ui.operations.Operation(
                operation.id().toString(),
                operation.title(),
                state(operation.state()),
                operation.simulated(),
                operation.startedAt(),
                operation.finishedAt(),
                operation.steps().stream().map(step -> step(operation, step)).toList(),
                cost(operation),
                recovery,
                destination(operation));
    }

    public static OperationRow row(Operation operation) {
        return new OperationRow(
                operation.id().toString(),
                operation.title(),
                operation
                        .find(OperationRequest.class)
                        .map(OperationRequest::about)
                        .orElse(""),
                state(operation.state()),
                operation.simulated(),
                operation.startedAt(),
                operation.finishedAt());
    }

    private io.autostack.ui.operations.Operation.@Nullable Cost cost(Operation operation) {
        var price = cost.of(operation);
        return price.isNothing()
                ? null
                : new io.autostack.ui.operations.Operation.Cost(
                        new Amount(price.soFar(), price.currency()),
                        new Amount(price.monthly(), price.currency()),
                        cloud.price().before(),
                        cloud.price().after());
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
        var asked = operation
                .find(Rollback.class)
                .map(Rollback::request)
                .or(() -> operation.find(OperationRequest.class))
                .orElse(null);
        if (asked == null) return new io.autostack.ui.operations.Operation.Destination("Open the tenants", "/tenants");
        var tenant = "/tenants/" + asked.slug();
        return asked instanceof DeployStack.Request deployment
                ? new io.autostack.ui.operations.Operation.Destination(
                        "Open the app", tenant + "/deployments/" + deployment.deployment())
                : new io.autostack.ui.operations.Operation.Destination("Open the tenant", tenant);
    }

    private Step step(Operation operation, Operation.StepRecord step) {
        return new Step(
                step.title(),
                state(step.state()),
                step.attempts(),
                step.startedAt(),
                step.finishedAt(),
                facts(step.evidence()),
                step.message(),
                Hint.of(cloud.hints(), operation, step),
                step.simulated());
    }

    private static State state(Operation.State state) {
        return State.of(state.word());
    }
}
