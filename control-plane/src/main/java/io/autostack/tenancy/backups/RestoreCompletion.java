package io.autostack.tenancy.backups;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.RetireDatabase;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.fleet.KnownSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Cuts a tenant over to the database that a backup was restored into, and enqueues putting the one before away. When
/// the
/// tenant is elsewhere meanwhile, it is the restored one that is put away.
@ApplicationScoped
class RestoreCompletion implements CompletionHandler {

    private final Tenants tenants;
    private final Operations operations;
    private final KnownSchemas schemas;
    private final Audit audit;

    @Inject
    RestoreCompletion(Tenants tenants, Operations operations, KnownSchemas schemas, Audit audit) {
        this.tenants = tenants;
        this.operations = operations;
        this.schemas = schemas;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(RestoreTenant.KIND);
    }

    @Override
    public void completed(Operation operation) {
        if (operation.state() != State.DONE) {
            record(operation, "tenant.restore-failed");
            return;
        }
        var facts = operation.facts();
        var moved = tenants.moveDatabase(
                operation.tenant(),
                facts.get("database.name"),
                new TenantRow.DatabaseFacts(
                        "postgresql",
                        facts.get("database.host"),
                        Integer.parseInt(facts.get("database.port")),
                        facts.get("copy.database"),
                        facts.get("copy.secret")));
        operations.enqueue(RetireDatabase.request(
                new Subject(
                        operation.tenant(),
                        facts.get("slug"),
                        facts.get(moved ? "database.name" : "copy.database"),
                        facts.get(moved ? "database.secret" : "copy.secret"),
                        facts.find("database.placement").map(Placement::of).orElse(Placement.SHARED),
                        facts.get("requestedBy")),
                UuidV7.next()));
        if (moved) schemas.replace(operation.tenant(), RestoreTenant.schema(facts));
        record(operation, moved ? "tenant.restored" : "tenant.restore-overtaken");
    }

    private void record(Operation operation, String action) {
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "tenant",
                operation.tenant().toString(),
                Map.of(
                        "slug", operation.facts().get("slug"),
                        "backup", operation.facts().get("backup"),
                        "operation", operation.id().toString()));
    }
}
