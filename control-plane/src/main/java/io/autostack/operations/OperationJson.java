package io.autostack.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.cloud.CloudDescription.Hints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An operation as the API shows it; what was asked for and learned stays inside.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationJson(
        UUID id,
        String kind,
        String title,
        UUID tenant,
        String state,
        boolean simulated,
        @Nullable String message,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        ListPrice listPrice,
        List<Step> steps) {

    /// One step of it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            String name,
            String title,
            String state,
            int attempts,
            boolean simulated,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            Map<String, String> evidence,
            @Nullable String message,
            @Nullable String hint) {}

    static OperationJson of(Operation operation, ListPrice price, Hints hints) {
        return new OperationJson(
                operation.id(),
                operation.kind(),
                operation.title(),
                operation.tenant(),
                operation.state().word(),
                operation.simulated(),
                operation.message(),
                operation.createdAt(),
                operation.startedAt(),
                operation.finishedAt(),
                price,
                operation.steps().stream()
                        .map(step -> new Step(
                                step.name(),
                                step.title(),
                                step.state().word(),
                                step.attempts(),
                                step.simulated(),
                                step.startedAt(),
                                step.finishedAt(),
                                step.evidence(),
                                step.message(),
                                Hint.of(hints, operation, step)))
                        .toList());
    }
}
