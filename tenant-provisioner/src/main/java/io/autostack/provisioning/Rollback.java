package io.autostack.provisioning;

import java.util.UUID;

/// Asks to take back what a failed operation built.
///
/// @param operation that failed
/// @param kind of the failed operation
/// @param title of the failed operation
/// @param request of the failed operation
public record Rollback(UUID operation, String kind, String title, OperationRequest request)
        implements OperationRequest {

    @Override
    public UUID tenant() {
        return request.tenant();
    }

    @Override
    public String slug() {
        return request.slug();
    }

    @Override
    public UUID change() {
        return operation;
    }

    @Override
    public String about() {
        return request.about();
    }
}
