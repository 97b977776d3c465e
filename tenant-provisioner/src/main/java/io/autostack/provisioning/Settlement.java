package io.autostack.provisioning;

import java.util.Set;

/// How the owner of a kind of operation takes note of its end, in the transaction that ends it.
public interface Settlement {

    /// Names of the kinds that it settles.
    Set<String> kinds();

    /// @param operation in state done or failed
    void settle(Operation operation);

    /// A failed operation goes on; in the transaction that lets it.
    void resumed(Operation operation);

    /// What a failed operation had built is undone.
    ///
    /// @param release of kind `release`, done or failed, with the facts of the operation that it undid
    void released(Operation release);
}
