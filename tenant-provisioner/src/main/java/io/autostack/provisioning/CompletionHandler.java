package io.autostack.provisioning;

import java.util.Set;

/// How the owner of a kind of operation takes note of its end, in the transaction that ends it. Nothing is noted when
/// one goes on or is undone, unless the owner says otherwise.
///
/// @param <R> what the requests have in common whose ends it handles
public interface CompletionHandler<R extends OperationRequest> {

    /// The requests whose ends it handles.
    Set<Class<? extends R>> requests();

    /// @param operation in state done or failed
    void completed(Operation operation, R request);

    /// A failed operation goes on; in the transaction that lets it.
    default void retried(Operation operation, R request) {}

    /// What a failed operation had built is rolled back.
    ///
    /// @param rollback of kind `release`, done or failed, which knows what the failed operation learned
    /// @param request of the failed operation
    default void rolledBack(Operation rollback, R request) {}
}
