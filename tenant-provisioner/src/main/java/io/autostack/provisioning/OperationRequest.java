package io.autostack.provisioning;

import java.util.UUID;

/// What somebody asks of an operation: one record for each kind, written down as JSON when it is enqueued and read back
/// by its steps and its completion handler. It never holds a secret.
public interface OperationRequest {

    UUID tenant();

    /// The tenant's short name.
    String slug();

    /// Its own id: what is asked for again with the same one is enqueued only once.
    UUID change();

    /// What it is about, as lists of operations say it.
    default String about() {
        return slug();
    }
}
