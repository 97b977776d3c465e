package io.autostack.moves;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Ends fallbacks that have had their time.
@ApplicationScoped
class DecommissionWatch implements PeriodicTask {

    private final Moves moves;
    private final Tenants tenants;
    private final Operations operations;
    private final Audit audit;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    DecommissionWatch(
            Moves moves, Tenants tenants, Operations operations, Audit audit, Scopes scopes, InstantSource clock) {
        this.moves = moves;
        this.tenants = tenants;
        this.operations = operations;
        this.audit = audit;
        this.scopes = scopes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "end-fallbacks";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        for (var due : scopes.inPlatform(() -> moves.due(clock.instant())))
            scopes.inPlatform(() -> {
                if (tenants.tryLock(due.tenantId).isEmpty()) return false;
                if (!moves.change(due.id, MoveState.MOVED, MoveState.DECOMMISSIONING)) return false;
                var operation = operations.enqueue(StartMove.decommissioning(due, Actor.SYSTEM.name(), UuidV7.next()));
                audit.record(
                        Actor.SYSTEM,
                        due.tenantId,
                        "tenant.decommission-requested",
                        "tenant",
                        due.tenantId.toString(),
                        Map.of("slug", due.slug, "operation", operation.toString(), "why", "the fallback has ended"));
                return true;
            });
    }
}
