package io.autostack.tenancy;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.tenancy.fleet.KnownSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/// Turns a finished onboarding into an active tenant, or a failed one.
@ApplicationScoped
class TenantCompletion implements CompletionHandler {

    private final Tenants tenants;
    private final KnownSchemas schemas;
    private final Audit audit;
    private final TenancyConfig config;
    private final InstantSource clock;

    @Inject
    TenantCompletion(Tenants tenants, KnownSchemas schemas, Audit audit, TenancyConfig config, InstantSource clock) {
        this.tenants = tenants;
        this.schemas = schemas;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(OpenTenant.KIND);
    }

    @Override
    public void completed(Operation operation) {
        var facts = operation.facts();
        var completed = operation.state() == State.DONE
                ? tenants.activate(
                        operation.tenant(),
                        config.url(facts.get("slug")),
                        new TenantRow.DatabaseFacts(
                                "postgresql",
                                facts.get("database.host"),
                                Integer.parseInt(facts.get("database.port")),
                                facts.get("database.name"),
                                facts.get("database.secret")))
                : tenants.change(operation.tenant(), TenantStatus.PROVISIONING, TenantStatus.FAILED);
        if (!completed) return;
        if (operation.state() == State.DONE) schemas.replace(operation.tenant(), OpenTenant.schema(facts));
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                operation.state() == State.DONE ? "tenant.activated" : "tenant.onboarding-failed",
                "tenant",
                operation.tenant().toString(),
                Map.of("slug", facts.get("slug"), "operation", operation.id().toString()));
    }

    @Override
    public void retried(Operation operation) {
        tenants.change(operation.tenant(), TenantStatus.FAILED, TenantStatus.PROVISIONING);
    }

    /// Nothing of it is left, and its short name is free again.
    @Override
    public void rolledBack(Operation rollback) {
        if (rollback.state() == State.DONE
                && tenants.change(rollback.tenant(), TenantStatus.FAILED, TenantStatus.CLOSED)
                && tenants.forget(rollback.tenant(), clock.instant()))
            audit.record(
                    Actor.SYSTEM,
                    rollback.tenant(),
                    "tenant.released",
                    "tenant",
                    rollback.tenant().toString(),
                    Map.of(
                            "slug",
                            rollback.facts().get("slug"),
                            "operation",
                            rollback.id().toString()));
    }
}
