package io.autostack.tenancy.backups;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.RetireDatabase;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.OperationAudit;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.fleet.KnownSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Cuts a tenant over to the database that a backup was restored into, and enqueues putting the one before away. When
/// the tenant is elsewhere meanwhile, it is the restored one that is put away.
@ApplicationScoped
class RestoreCompletion implements CompletionHandler<RestoreTenant.Request> {

    private final Tenants tenants;
    private final Operations operations;
    private final KnownSchemas schemas;
    private final OperationAudit audit;

    @Inject
    RestoreCompletion(Tenants tenants, Operations operations, KnownSchemas schemas, OperationAudit audit) {
        this.tenants = tenants;
        this.operations = operations;
        this.schemas = schemas;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends RestoreTenant.Request>> requests() {
        return Set.of(RestoreTenant.Request.class);
    }

    @Override
    public void completed(Operation operation, RestoreTenant.Request request) {
        if (operation.state() != State.DONE) {
            record(operation, request, "tenant.restore-failed");
            return;
        }
        var subject = request.subject();
        var moved = tenants.moveDatabase(
                operation.tenant(),
                subject.database(),
                TenantRow.DatabaseFacts.of(request.copy(), operation.learned()));
        operations.enqueue(new RetireDatabase.Request(moved ? subject : subject.in(request.copy()), UuidV7.next()));
        if (moved) schemas.replace(operation.tenant(), RestoreTenant.schema(operation.learned()));
        record(operation, request, moved ? "tenant.restored" : "tenant.restore-overtaken");
    }

    private void record(Operation operation, RestoreTenant.Request request, String action) {
        audit.record(
                operation, request, action, Map.of("backup", request.backup().toString()));
    }
}
