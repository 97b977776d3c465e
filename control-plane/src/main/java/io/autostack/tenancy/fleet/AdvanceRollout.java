package io.autostack.tenancy.fleet;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Does what a rollout has to do next, as far as rows are enough for it. Whoever calls it sees all tenants.
@ApplicationScoped
class AdvanceRollout {

    static final Set<TenantStatus> SERVED = EnumSet.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private static final int NAMED = 3;

    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final Tenants tenants;
    private final Operations operations;
    private final Audit audit;
    private final FleetConfig config;

    @Inject
    AdvanceRollout(
            Rollouts rollouts,
            RolloutTenants parts,
            Tenants tenants,
            Operations operations,
            Audit audit,
            FleetConfig config) {
        this.rollouts = rollouts;
        this.parts = parts;
        this.tenants = tenants;
        this.operations = operations;
        this.audit = audit;
        this.config = config;
    }

    /// @return what it came to: the caller does `Switch` and `Finish`
    @Transactional(Transactional.TxType.MANDATORY)
    Next advance(UUID id) {
        var rollout = rollouts.lock(id);
        var next = Next.after(parts.counts(id), rollout.switchedAt != null, config.inFlight());
        if (next instanceof Next.Stop) stop(rollout);
        if (rollout.state() != RolloutState.RUNNING) return new Next.Wait();
        if (next instanceof Next.Promise(var wave, var most))
            for (var part : parts.waiting(id, wave, most)) promise(rollout, part);
        return next;
    }

    private void promise(Rollout rollout, RolloutTenant part) {
        var tenant = tenants.find(part.tenantId).orElseThrow();
        if (!SERVED.contains(tenant.status())) {
            parts.skip(part.id, "It is " + tenant.status().word() + " meanwhile.");
            return;
        }
        parts.begin(
                part.id,
                operations.promise(MigrateSchema.promise(
                        tenant.subject(rollout.createdBy), UuidV7.next(), rollout.id, rollout.version)));
    }

    private void stop(Rollout rollout) {
        var failed = parts.failed(rollout.id);
        var named = failed.stream()
                .limit(NAMED)
                .map(part -> tenants.find(part.tenantId).orElseThrow().slug())
                .collect(Collectors.joining(", "));
        var more = failed.size() > NAMED ? " and " + (failed.size() - NAMED) + " more" : "";
        var message = named + more + ": " + failed.getFirst().message;
        if (rollouts.change(rollout.id, RolloutState.OPEN, RolloutState.STOPPED, message)
                && rollout.state() != RolloutState.STOPPED) record(rollout, "rollout.stopped", named);
    }

    void record(Rollout rollout, String action, String detail) {
        audit.record(
                Actor.SYSTEM,
                null,
                action,
                "rollout",
                rollout.id.toString(),
                Map.of("name", "of version " + rollout.version, "detail", detail));
    }
}
