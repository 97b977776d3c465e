package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// All kinds of operations, and their completion handlers.
@ApplicationScoped
class Kinds {

    /// The kind that takes back what another operation built.
    static final String ROLLBACK = "release";

    private static final Logger LOG = Logger.getLogger(Kinds.class);
    private static final String ROLLED_BACK_KIND = "released.kind";
    private static final String COMPENSATE = "undo:";

    private final Map<String, OperationKind> kinds = new HashMap<>();
    private final Map<String, CompletionHandler> handlers = new HashMap<>();

    @Inject
    Kinds(@Any Instance<OperationKind> kinds, @Any Instance<CompletionHandler> handlers) {
        for (var kind : kinds) this.kinds.put(kind.name(), kind);
        for (var handler : handlers) for (var kind : handler.kinds()) this.handlers.put(kind, handler);
    }

    List<String> names() {
        return Stream.concat(kinds.keySet().stream(), Stream.of(ROLLBACK))
                .sorted()
                .toList();
    }

    /// The steps of a kind, in their order; empty when this version does not know the kind.
    Optional<List<Step>> steps(String kind, Facts facts) {
        if (kind.equals(ROLLBACK))
            return facts.find(ROLLED_BACK_KIND)
                    .flatMap(rolledBack -> steps(rolledBack, facts))
                    .map(Kinds::compensating);
        return Optional.ofNullable(kinds.get(kind)).map(known -> known.steps(facts));
    }

    /// What a person reads, for a request of a kind that is known.
    String title(OperationRequest request) {
        var facts = request.facts();
        return request.kind().equals(ROLLBACK)
                ? "Release: " + facts.get("released.title")
                : Optional.ofNullable(kinds.get(request.kind())).orElseThrow().title(facts);
    }

    Optional<Step> step(Operation operation, String name) {
        return steps(operation.kind(), operation.facts()).orElse(List.of()).stream()
                .filter(step -> step.name().equals(name))
                .findFirst();
    }

    /// The same for whoever merely shows it: a list that cannot be made has no such step.
    Optional<Step> known(Operation operation, String name) {
        try {
            return step(operation, name);
        } catch (RuntimeException bug) {
            LOG.warnf(Bounded.trouble(bug), "the steps of operation %s cannot be listed", operation.id());
            return Optional.empty();
        }
    }

    boolean takesLong(String kind) {
        var known = kinds.get(kind);
        return known != null && known.takesLong();
    }

    /// The request to roll a failed operation back: its facts, its steps backwards.
    static OperationRequest rollback(Operation failed) {
        return new OperationRequest(
                ROLLBACK,
                failed.tenant(),
                ROLLBACK + ":" + failed.id(),
                failed.facts()
                        .plus(Map.of(
                                ROLLED_BACK_KIND,
                                failed.kind(),
                                "released",
                                failed.id().toString(),
                                "released.title",
                                failed.title())));
    }

    void completed(Operation operation) {
        var handler = handler(operation);
        if (handler == null) return;
        if (operation.kind().equals(ROLLBACK)) handler.rolledBack(operation);
        else handler.completed(operation);
    }

    void retried(Operation operation) {
        var handler = handler(operation);
        if (handler != null && !operation.kind().equals(ROLLBACK)) handler.retried(operation);
    }

    private @Nullable CompletionHandler handler(Operation operation) {
        return handlers.get(operation.facts().find(ROLLED_BACK_KIND).orElse(operation.kind()));
    }

    private static List<Step> compensating(List<Step> steps) {
        return steps.reversed().stream()
                .filter(step -> step.compensation().isPresent())
                .map(step -> new Step(
                                COMPENSATE + step.name(),
                                "Undo: " + step.title(),
                                step.compensation().orElseThrow())
                        .mayBeSkipped())
                .toList();
    }
}
