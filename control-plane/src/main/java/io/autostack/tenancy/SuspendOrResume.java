package io.autostack.tenancy;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Promise;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.shared.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Promises to suspend an active tenant, or to resume a suspended one.
@ApplicationScoped
public class SuspendOrResume {

    private static final Set<String> KINDS = Set.of(SuspendTenant.KIND, ResumeTenant.KIND);
    private static final int LATEST = 50;

    private final Tenants tenants;
    private final Operations operations;
    private final Audit audit;

    @Inject
    SuspendOrResume(Tenants tenants, Operations operations, Audit audit) {
        this.tenants = tenants;
        this.operations = operations;
        this.audit = audit;
    }

    /// What can come of it.
    public sealed interface Result {

        record Accepted(UUID operation) implements Result {}

        /// The tenant is in a state from which this does not lead anywhere.
        record NotFrom(TenantStatus status) implements Result {}

        /// The same or the opposite is under way.
        record UnderWay(UUID operation) implements Result {}
    }

    @Transactional
    public Result suspend(Caller caller, TenantRow tenant) {
        var change = UuidV7.next();
        return promise(
                caller,
                tenant,
                TenantStatus.ACTIVE,
                "tenant.suspension-requested",
                SuspendTenant.promise(tenant.id(), tenant.slug(), change, caller.name()));
    }

    @Transactional
    public Result resume(Caller caller, TenantRow tenant) {
        var change = UuidV7.next();
        return promise(
                caller,
                tenant,
                TenantStatus.SUSPENDED,
                "tenant.resumption-requested",
                ResumeTenant.promise(tenant.id(), tenant.slug(), change, caller.name()));
    }

    private Result promise(Caller caller, TenantRow tenant, TenantStatus from, String action, Promise promise) {
        tenants.lock(tenant.id());
        var status = tenants.find(tenant.id()).orElseThrow().status();
        if (status != from) return new Result.NotFrom(status);
        var underWay = operations.latest(tenant.id(), LATEST).stream()
                .filter(operation -> KINDS.contains(operation.kind()) && !operation.finished())
                .findFirst()
                .map(Operation::id);
        if (underWay.isPresent()) return new Result.UnderWay(underWay.get());
        var operation = operations.promise(promise);
        audit.record(
                caller.actor(),
                tenant.id(),
                action,
                "tenant",
                tenant.id().toString(),
                Map.of("slug", tenant.slug(), "operation", operation.toString()));
        return new Result.Accepted(operation);
    }
}
