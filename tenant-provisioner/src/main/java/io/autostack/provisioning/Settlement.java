package io.autostack.provisioning;

/// How the owner of a kind of operation takes note of its end, in the transaction that ends it.
public interface Settlement {

    /// Name of the kind that it settles.
    String kind();

    /// @param operation in state done or failed
    void settle(Operation operation);

    /// A failed operation goes on; in the transaction that lets it.
    void resumed(Operation operation);

    /// What a failed operation had built is undone.
    ///
    /// @param release of kind `release`, done or failed, with the facts of the operation that it undid
    void released(Operation release);
}
