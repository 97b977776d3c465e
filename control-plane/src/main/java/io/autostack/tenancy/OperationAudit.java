package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.OperationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/// Writes into history what came of an operation: the platform did it, for the tenant that the request is about.
@ApplicationScoped
public class OperationAudit {

    private final Audit audit;

    @Inject
    OperationAudit(Audit audit) {
        this.audit = audit;
    }

    /// About the tenant as a whole.
    public void record(Operation operation, OperationRequest request, String action) {
        record(operation, request, action, Map.of());
    }

    /// @param more beyond the tenant's short name and the operation
    public void record(Operation operation, OperationRequest request, String action, Map<String, ?> more) {
        record(operation, request, action, "tenant", operation.tenant().toString(), more);
    }

    /// About something that belongs to the tenant.
    public void record(
            Operation operation,
            OperationRequest request,
            String action,
            String objectType,
            String objectId,
            Map<String, ?> more) {
        var details = new HashMap<String, Object>(more);
        details.put("slug", request.slug());
        details.put("operation", operation.id().toString());
        audit.record(Actor.SYSTEM, operation.tenant(), action, objectType, objectId, details);
    }
}
