package io.autostack.tenancy.fleet;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Notes where a tenant's schema is now, and lets the rollout go on or stop. A migration of a database that the tenant
/// has no more says nothing about the one it has.
@ApplicationScoped
class MigrationCompletion implements CompletionHandler<MigrateSchema.Request> {

    private final RolloutTenants parts;
    private final KnownSchemas schemas;
    private final AdvanceRollout advance;
    private final Rollouts rollouts;
    private final Tenants tenants;
    private final Audit audit;

    @Inject
    MigrationCompletion(
            RolloutTenants parts,
            KnownSchemas schemas,
            AdvanceRollout advance,
            Rollouts rollouts,
            Tenants tenants,
            Audit audit) {
        this.parts = parts;
        this.schemas = schemas;
        this.advance = advance;
        this.rollouts = rollouts;
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends MigrateSchema.Request>> requests() {
        return Set.of(MigrateSchema.Request.class);
    }

    /// A migration that belongs to no rollout concerns nobody here.
    @Override
    public void completed(Operation operation, MigrateSchema.Request request) {
        if (!parts.holds(operation.id())) return;
        var rollout = request.rollout();
        rollouts.lock(rollout);
        var from = MigrateSchema.found(operation.learned(), "from");
        if (isAboutAnotherDatabase(request)) parts.again(operation.id());
        else if (waitedInVain(operation)) {
            parts.waitAgain(operation.id(), Objects.requireNonNullElse(operation.message(), "It waited in vain."));
            record(operation, request, "tenant.schema-migration-put-off");
        } else if (operation.state() == State.DONE) {
            var to = MigrateSchema.found(operation.learned(), "to");
            parts.complete(operation.id(), PartState.DONE, from, to, null);
            schemas.note(operation.tenant(), to);
            record(operation, request, "tenant.schema-migrated");
        } else {
            var status = tenants.find(operation.tenant()).orElseThrow().status();
            parts.complete(
                    operation.id(),
                    AdvanceRollout.SERVED.contains(status) ? PartState.FAILED : PartState.SKIPPED,
                    from,
                    null,
                    Objects.requireNonNullElse(operation.message(), "It failed."));
            record(operation, request, "tenant.schema-migration-failed");
        }
        advance.advance(rollout);
    }

    /// Something of the tenant's own stood in the way all the time: that says nothing about the version.
    private boolean waitedInVain(Operation operation) {
        return operation.state() == State.FAILED
                && AdvanceRollout.SERVED.contains(
                        tenants.find(operation.tenant()).orElseThrow().status())
                && operation.steps().stream().anyMatch(step -> step.state() == State.FAILED && step.waitedInVain());
    }

    /// A restore came between the failure and the retry.
    private boolean isAboutAnotherDatabase(MigrateSchema.Request request) {
        return tenants.find(request.tenant())
                .flatMap(TenantRow::database)
                .filter(now -> !now.name().equals(request.subject().database()))
                .isPresent();
    }

    @Override
    public void retried(Operation operation, MigrateSchema.Request request) {
        parts.goOn(operation.id());
    }

    private void record(Operation operation, MigrateSchema.Request request, String action) {
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "operation",
                operation.id().toString(),
                Map.of(
                        "slug",
                        request.slug(),
                        "from",
                        MigrateSchema.found(operation.learned(), "from").version(),
                        "to",
                        request.target()));
    }
}
