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

/// All kinds of operations, and their completion handlers.
@ApplicationScoped
class Kinds {

    /// The kind that takes back what another operation built.
    static final String ROLLBACK = "release";

    private static final Logger LOG = Logger.getLogger(Kinds.class);
    private static final String COMPENSATE = "undo:";

    private final Map<String, OperationKind<?>> byName = new HashMap<>();
    private final Map<Class<?>, OperationKind<?>> byRequest = new HashMap<>();
    private final Map<Class<?>, CompletionHandler<?>> handlers = new HashMap<>();

    @Inject
    Kinds(@Any Instance<OperationKind<?>> kinds, @Any Instance<CompletionHandler<?>> handlers) {
        for (var kind : kinds) {
            byName.put(kind.name(), kind);
            byRequest.put(kind.request(), kind);
        }
        for (var handler : handlers) for (var request : handler.requests()) this.handlers.put(request, handler);
    }

    List<String> names() {
        return Stream.concat(byName.keySet().stream(), Stream.of(ROLLBACK))
                .sorted()
                .toList();
    }

    /// Name of the kind that is asked for.
    String name(OperationRequest request) {
        return request instanceof Rollback ? ROLLBACK : kind(request).name();
    }

    /// The steps that carry a request out, in their order.
    List<Step> steps(OperationRequest request) {
        return request instanceof Rollback rollback
                ? compensating(steps(rollback.request()))
                : kind(request).steps(request);
    }

    /// What a person reads.
    String title(OperationRequest request) {
        return request instanceof Rollback rollback
                ? "Release: " + rollback.title()
                : kind(request).title(request);
    }

    /// One that asks for it again makes no second operation.
    String requestKey(OperationRequest request) {
        return name(request) + ":" + request.change();
    }

    /// Empty when there is no such step, or this version cannot read what was asked for.
    Optional<Step> step(Operation operation, String name) {
        if (!(operation.request() instanceof StoredRequest.Readable(var request))) return Optional.empty();
        return steps(request).stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /// The same for whoever merely shows it: a list that cannot be made has no such step.
    Optional<Step> known(Operation operation, String name) {
        try {
            return step(operation, name);
        } catch (RuntimeException e) {
            LOG.warnf(Bounded.trouble(e), "the steps of operation %s cannot be listed", operation.id());
            return Optional.empty();
        }
    }

    boolean takesLong(String kind) {
        var known = byName.get(kind);
        return known != null && known.takesLong();
    }

    /// Of a kind that nobody knows, and of a rollback, operators.
    RequiredRole requiredRole(String kind) {
        var known = byName.get(kind);
        return known == null ? RequiredRole.OPERATOR : known.requiredRole();
    }

    boolean fitsSuspension(Operation operation) {
        return operation.request() instanceof StoredRequest.Readable(var request)
                && (request instanceof Rollback || kind(request).fitsSuspension(request));
    }

    /// The request to roll a failed operation back: its steps backwards. Empty when this version cannot read its
    /// request.
    static Optional<Rollback> rollback(Operation failed) {
        return failed.request() instanceof StoredRequest.Readable(var request)
                ? Optional.of(new Rollback(failed.id(), failed.kind(), failed.title(), request))
                : Optional.empty();
    }

    void completed(Operation operation) {
        switch (operation.request()) {
            case StoredRequest.Readable(Rollback rollback) ->
                handler(rollback.request()).ifPresent(owner -> owner.rolledBack(operation, rollback.request()));
            case StoredRequest.Readable(var request) ->
                handler(request).ifPresent(owner -> owner.completed(operation, request));
            case StoredRequest.Unreadable(var why) ->
                LOG.errorf(
                        "the owner of operation %s knows nothing of its end, because its request cannot be read: %s",
                        operation.id(), why);
        }
    }

    void retried(Operation operation) {
        if (operation.request() instanceof StoredRequest.Readable(var request))
            handler(request).ifPresent(owner -> owner.retried(operation, request));
    }

    /// The cast holds because each kind says which record asks for it.
    @SuppressWarnings("unchecked")
    private <R extends OperationRequest> OperationKind<R> kind(R request) {
        var kind = byRequest.get(request.getClass());
        if (kind == null)
            throw new IllegalArgumentException("no kind of operation is asked for by a "
                    + request.getClass().getName());
        return (OperationKind<R>) kind;
    }

    /// The cast holds because each handler says which records it handles.
    @SuppressWarnings("unchecked")
    private <R extends OperationRequest> Optional<CompletionHandler<R>> handler(R request) {
        return Optional.ofNullable((CompletionHandler<R>) handlers.get(request.getClass()));
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
