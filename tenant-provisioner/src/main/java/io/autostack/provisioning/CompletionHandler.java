package io.autostack.provisioning;

import java.util.Set;

/// How the owner of a kind of operation takes note of its end, in the transaction that ends it. Nothing is noted when
/// one goes on or is undone, unless the owner says otherwise.
public interface CompletionHandler {

    /// Names of the kinds whose ends it handles.
    Set<String> kinds();

    /// @param operation in state done or failed
    void completed(Operation operation);

    /// A failed operation goes on; in the transaction that lets it.
    default void retried(Operation operation) {}

    /// What a failed operation had built is rolled back.
    ///
    /// @param rollback of kind `release`, done or failed, with the facts of the operation that it undid
    default void rolledBack(Operation rollback) {}
}
