package io.autostack.provisioning;

import java.util.List;

/// A kind of operation: which steps carry it out. The facts are those of the moment it was enqueued, so
/// the list is the same each time it is asked for.
public interface OperationKind {

    String name();

    /// What a person reads, as in "Onboard acme"; kept with the operation.
    String title(Facts asked);

    List<Step> steps(Facts asked);

    /// Whether it copies whole databases: such operations have threads of their own and keep no others waiting.
    default boolean takesLong() {
        return false;
    }
}
