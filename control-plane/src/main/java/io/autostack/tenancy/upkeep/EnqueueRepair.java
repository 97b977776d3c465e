package io.autostack.tenancy.upkeep;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.RepairTenant.Part;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.domains.Domains;
import io.autostack.tenancy.upkeep.Inspections.Candidate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/// Enqueues the repair of a tenant, if it still is what it was when it was compared.
@ApplicationScoped
class EnqueueRepair {

    private final Tenants tenants;
    private final Domains domains;
    private final Operations operations;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    EnqueueRepair(Tenants tenants, Domains domains, Operations operations, Audit audit, Scopes scopes) {
        this.tenants = tenants;
        this.domains = domains;
        this.operations = operations;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// One transaction under the tenant's lock.
    ///
    /// @return false when something else is being done about the tenant; the next run sees what came of it
    boolean enqueue(Candidate compared, Set<Part> parts) {
        var desired = compared.desired();
        return scopes.in(new Scope.OfTenant(desired.tenant()), () -> {
            var locked = tenants.tryLock(desired.tenant());
            if (locked.isEmpty()) return false;
            var tenant = locked.get();
            if (tenant.status() != (desired.open() ? TenantStatus.ACTIVE : TenantStatus.SUSPENDED)
                    || !tenant.plan().plan().equals(compared.plan())
                    || tenant.plan().version() != compared.planVersion()
                    || !desired.domains().equals(domains.verified(tenant.id()))
                    || operations.underWay(tenant.id()).isPresent()) return false;
            var operation = operations.enqueue(new RepairTenant.Request(
                    tenant.subject(Actor.SYSTEM.name()),
                    UuidV7.next(),
                    parts,
                    new RepairTenant.Target(tenant.sizing(), desired.open(), desired.hosts())));
            audit.record(
                    Actor.SYSTEM,
                    tenant.id(),
                    "tenant.repair-requested",
                    "tenant",
                    tenant.id().toString(),
                    Map.of(
                            "slug", tenant.slug(),
                            "parts", RepairTenant.words(parts),
                            "operation", operation.toString()));
            return true;
        });
    }
}
