package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// All kinds of operations, and who settles them.
@ApplicationScoped
class Kinds {

    /// The kind that takes back what another operation built.
    static final String RELEASE = "release";

    private static final Logger LOG = Logger.getLogger(Kinds.class);
    private static final String RELEASED = "released.kind";
    private static final String UNDO = "undo:";

    private final Map<String, OperationKind> kinds = new HashMap<>();
    private final Map<String, Settlement> settlements = new HashMap<>();

    @Inject
    Kinds(@Any Instance<OperationKind> kinds, @Any Instance<Settlement> settlements) {
        for (var kind : kinds) this.kinds.put(kind.name(), kind);
        for (var settlement : settlements) for (var kind : settlement.kinds()) this.settlements.put(kind, settlement);
    }

    /// The steps of a kind, in their order; empty when this version does not know the kind.
    Optional<List<Step>> steps(String kind, Facts facts) {
        if (kind.equals(RELEASE))
            return facts.find(RELEASED)
                    .flatMap(released -> steps(released, facts))
                    .map(Kinds::undone);
        return Optional.ofNullable(kinds.get(kind)).map(known -> known.steps(facts));
    }

    /// What a person reads, for a promise of a kind that is known.
    String title(Promise promise) {
        var facts = promise.facts();
        return promise.kind().equals(RELEASE)
                ? "Release: " + facts.get("released.title")
                : Optional.ofNullable(kinds.get(promise.kind())).orElseThrow().title(facts);
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

    /// The promise to undo a failed operation: its facts, its steps backwards.
    static Promise release(Operation failed) {
        return new Promise(
                RELEASE,
                failed.tenant(),
                RELEASE + ":" + failed.id(),
                failed.facts()
                        .plus(Map.of(
                                RELEASED,
                                failed.kind(),
                                "released",
                                failed.id().toString(),
                                "released.title",
                                failed.title())));
    }

    void settle(Operation operation) {
        var settlement = owner(operation);
        if (settlement == null) return;
        if (operation.kind().equals(RELEASE)) settlement.released(operation);
        else settlement.settle(operation);
    }

    void resumed(Operation operation) {
        var settlement = owner(operation);
        if (settlement != null && !operation.kind().equals(RELEASE)) settlement.resumed(operation);
    }

    private @Nullable Settlement owner(Operation operation) {
        return settlements.get(operation.facts().find(RELEASED).orElse(operation.kind()));
    }

    private static List<Step> undone(List<Step> steps) {
        return steps.reversed().stream()
                .filter(step -> step.undo().isPresent())
                .map(step -> new Step(
                                UNDO + step.name(),
                                "Undo: " + step.title(),
                                step.undo().orElseThrow())
                        .mayBeSkipped())
                .toList();
    }
}
