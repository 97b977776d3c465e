package io.autostack.provisioning;

/// The request of an operation as the ledger has it, which another version of AutoStack may have written.
public sealed interface StoredRequest {

    record Readable(OperationRequest request) implements StoredRequest {}

    /// @param why the end of a sentence that begins with "cannot be read:"
    record Unreadable(String why) implements StoredRequest {}
}
