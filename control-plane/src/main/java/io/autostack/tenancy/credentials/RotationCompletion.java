package io.autostack.tenancy.credentials;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.plans.RotateCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Notes that a tenant's database has new credentials, or its previous ones again.
@ApplicationScoped
class RotationCompletion implements CompletionHandler {

    private final Audit audit;

    @Inject
    RotationCompletion(Audit audit) {
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(RotateCredentials.KIND);
    }

    @Override
    public void completed(Operation operation) {
        record(
                operation,
                operation.state() == State.DONE ? "tenant.credentials-rotated" : "tenant.credential-rotation-failed");
    }

    @Override
    public void rolledBack(Operation rollback) {
        if (rollback.state() == State.DONE) record(rollback, "tenant.credential-rotation-taken-back");
    }

    private void record(Operation operation, String action) {
        var facts = operation.facts();
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "tenant",
                operation.tenant().toString(),
                Map.of(
                        "slug", facts.get("slug"),
                        "version", facts.find(Secrets.STAGED_VERSION).orElse("none"),
                        "operation", operation.id().toString()));
    }
}
