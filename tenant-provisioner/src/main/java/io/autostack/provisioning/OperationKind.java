package io.autostack.provisioning;

import java.util.List;

/// A kind of operation: which steps carry a request out, and all that others ask about the kind. The request is that of
/// the moment it was enqueued, so the list is the same each time it is asked for.
public interface OperationKind<R extends OperationRequest> {

    /// Stays the same for as long as there are operations of it.
    String name();

    /// The record in which this kind is asked for, and no other kind.
    Class<R> request();

    /// What a person reads, as in "Onboard acme"; kept with the operation.
    String title(R request);

    List<Step> steps(R request);

    /// Whether it copies whole databases: such operations have threads of their own and keep no others waiting.
    default boolean takesLong() {
        return false;
    }

    /// Who may let one of it go on that failed.
    default RequiredRole requiredRole() {
        return RequiredRole.OPERATOR;
    }

    /// Whether one that failed may go on while its tenant is suspended: it builds nothing, and gives nobody access.
    default boolean fitsSuspension(R request) {
        return true;
    }
}
