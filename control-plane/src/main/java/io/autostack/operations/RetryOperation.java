package io.autostack.operations;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;

/// Lets a failed operation go on at the step that failed.
@ApplicationScoped
public class RetryOperation {

    private final Operations operations;
    private final Audit audit;

    @Inject
    RetryOperation(Operations operations, Audit audit) {
        this.operations = operations;
        this.audit = audit;
    }

    /// @return false when it has not failed, or somebody was faster
    @Transactional
    public boolean retry(Caller caller, Operation operation) {
        if (!operations.retry(operation.id())) return false;
        audit.record(
                caller.actor(),
                operation.tenant(),
                "operation.retried",
                "operation",
                operation.id().toString(),
                Map.of("kind", operation.kind()));
        return true;
    }
}
