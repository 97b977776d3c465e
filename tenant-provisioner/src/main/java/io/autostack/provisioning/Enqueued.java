package io.autostack.provisioning;

import java.util.List;
import java.util.UUID;

/// An operation as it is written down when it is enqueued.
///
/// @param learned by the operation that it rolls back
record Enqueued(
        String kind,
        UUID tenant,
        String title,
        String requestKey,
        OperationRequest request,
        Facts learned,
        List<Step> steps) {

    /// @throws IllegalArgumentException when no kind is asked for like this
    static Enqueued of(Kinds kinds, OperationRequest request, Facts learned) {
        return new Enqueued(
                kinds.name(request),
                request.tenant(),
                kinds.title(request),
                kinds.requestKey(request),
                request,
                learned,
                kinds.steps(request));
    }
}
