package io.autostack.tenancy.credentials;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.tenancy.OperationAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Notes that a tenant's database has new credentials, or its previous ones again.
@ApplicationScoped
class RotationCompletion implements CompletionHandler<RotateCredentials.Request> {

    private final OperationAudit audit;

    @Inject
    RotationCompletion(OperationAudit audit) {
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends RotateCredentials.Request>> requests() {
        return Set.of(RotateCredentials.Request.class);
    }

    @Override
    public void completed(Operation operation, RotateCredentials.Request request) {
        record(
                operation,
                request,
                operation.state() == State.DONE ? "tenant.credentials-rotated" : "tenant.credential-rotation-failed");
    }

    @Override
    public void rolledBack(Operation rollback, RotateCredentials.Request request) {
        if (rollback.state() == State.DONE) record(rollback, request, "tenant.credential-rotation-taken-back");
    }

    private void record(Operation operation, RotateCredentials.Request request, String action) {
        var version = operation.learned().find(Secrets.STAGED_VERSION).orElse("none");
        audit.record(operation, request, action, Map.of("version", version));
    }
}
