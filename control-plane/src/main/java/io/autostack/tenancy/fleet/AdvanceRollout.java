package io.autostack.tenancy.fleet;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.ChangeRequest.Change;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Does what a rollout has to do next, as far as rows are enough for it. Whoever calls it sees all tenants.
@ApplicationScoped
class AdvanceRollout {

    static final Set<TenantStatus> SERVED = EnumSet.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private static final int NAMED = 3;

    /// Looked at beyond those that are needed: some may have to wait for something else.
    private static final int SPARE = 20;

    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final Tenants tenants;
    private final ChangeRequest request;
    private final Operations operations;
    private final Audit audit;
    private final FleetConfig config;

    @Inject
    AdvanceRollout(
            Rollouts rollouts,
            RolloutTenants parts,
            Tenants tenants,
            ChangeRequest request,
            Operations operations,
            Audit audit,
            FleetConfig config) {
        this.rollouts = rollouts;
        this.parts = parts;
        this.tenants = tenants;
        this.request = request;
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
        if (next instanceof Next.Enqueue(var wave, var max))
            enqueue(rollout, parts.waiting(id, wave, max + SPARE), max);
        return next;
    }

    private void enqueue(Rollout rollout, List<RolloutTenant> waiting, int max) {
        int enqueued = 0;
        for (var part : waiting) if (enqueued < max && enqueue(rollout, part)) enqueued++;
    }

    /// Under the tenant's lock, so that no restore is enqueued at the same moment. One that somebody
    /// else has locked, or about which something is under way, keeps nobody waiting: it comes after the
    /// others.
    ///
    /// @return false when nothing is to be done for it, or not now
    private boolean enqueue(Rollout rollout, RolloutTenant part) {
        var locked = tenants.tryLock(part.tenantId);
        if (locked.isEmpty()) {
            parts.putOff(part.id, "Somebody else is changing this tenant; it comes after that.");
            return false;
        }
        var tenant = locked.get();
        return switch (request.ask(Actor.SYSTEM, tenant, migration(rollout))) {
            case ChangeRequest.Result.Accepted(var operation) -> {
                parts.begin(part.id, operation);
                yield true;
            }
            case ChangeRequest.Result.NotFrom(var status) -> {
                parts.skip(part.id, "It is " + status.word() + " meanwhile.");
                yield false;
            }
            case ChangeRequest.Result.UnderWay underWay -> {
                parts.putOff(part.id, underWay(underWay.operation()));
                yield false;
            }
        };
    }

    private String underWay(UUID operation) {
        return "“" + operations.find(operation).orElseThrow().title() + "” is under way; it comes after that.";
    }

    private static Change migration(Rollout rollout) {
        return new Change(
                SERVED,
                ChangeRequest.EVERY_KIND,
                "tenant.schema-migration-requested",
                Map.of("rollout", rollout.id.toString(), "version", rollout.version),
                (subject, change) -> new MigrateSchema.Request(subject, change, rollout.id, rollout.version));
    }

    private void stop(Rollout rollout) {
        var failed = parts.failed(List.of(rollout.id));
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
