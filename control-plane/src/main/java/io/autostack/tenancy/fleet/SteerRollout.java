package io.autostack.tenancy.fleet;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Lets a rollout wait, go on, or be given up. What is in flight comes to its end in any case.
@ApplicationScoped
class SteerRollout {

    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    SteerRollout(Rollouts rollouts, RolloutTenants parts, Audit audit, Scopes scopes) {
        this.rollouts = rollouts;
        this.parts = parts;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// @return false when it is not at work
    boolean pause(Caller caller, UUID id) {
        return change(caller, id, RolloutState.AT_WORK, RolloutState.PAUSED, "rollout.paused", rollout -> {});
    }

    /// Tenants that failed are tried again.
    ///
    /// @return false when it is neither paused nor stopped
    boolean resume(Caller caller, UUID id) {
        return change(
                caller,
                id,
                Set.of(RolloutState.PAUSED, RolloutState.STOPPED),
                RolloutState.WAITING,
                "rollout.resumed",
                parts::tryAgain);
    }

    /// Tenants that have the new version keep it.
    ///
    /// @return false when it has ended already
    boolean abandon(Caller caller, UUID id) {
        return change(
                caller,
                id,
                RolloutState.OPEN,
                RolloutState.ABANDONED,
                "rollout.abandoned",
                rollout -> parts.leaveOut(rollout, "The rollout was abandoned."));
    }

    private boolean change(
            Caller caller, UUID id, Set<RolloutState> from, RolloutState to, String action, Consumer<UUID> more) {
        return scopes.inPlatform(() -> {
            var rollout = rollouts.lock(id);
            if (!rollouts.change(id, from, to, null)) return false;
            more.accept(id);
            audit.record(
                    caller.actor(),
                    null,
                    action,
                    "rollout",
                    id.toString(),
                    Map.of("name", "of version " + rollout.version));
            return true;
        });
    }
}
