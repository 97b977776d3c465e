package io.autostack.tenancy.fleet;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps the open rollout going: tries the version on an empty database, begins the next wave, finds those who came
/// meanwhile, and notices the end.
@ApplicationScoped
class RolloutReconciliation implements PeriodicTask {

    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final AdvanceRollout advance;
    private final Tenants tenants;
    private final Cloud cloud;
    private final Scopes scopes;
    private final FleetConfig config;

    @Inject
    RolloutReconciliation(
            Rollouts rollouts,
            RolloutTenants parts,
            AdvanceRollout advance,
            Tenants tenants,
            Cloud cloud,
            Scopes scopes,
            FleetConfig config) {
        this.rollouts = rollouts;
        this.parts = parts;
        this.advance = advance;
        this.tenants = tenants;
        this.cloud = cloud;
        this.scopes = scopes;
        this.config = config;
    }

    @Override
    public String name() {
        return "fleet-rollout";
    }

    @Override
    public Duration pause() {
        return config.pause();
    }

    @Override
    public void run() {
        var open = scopes.inPlatform(rollouts::open).orElse(null);
        if (open == null) return;
        switch (open.state()) {
            case WAITING -> prepare(open);
            case RUNNING -> goOn(open);
            case PAUSED, STOPPED, DONE, ABANDONED -> {}
        }
    }

    private void prepare(Rollout rollout) {
        switch (cloud.prepareSchema(rollout.version)) {
            case Outcome.Done done -> change(rollout.id, RolloutState.RUNNING, null);
            case Outcome.Failed(var reason) -> change(rollout.id, RolloutState.STOPPED, reason);
            case Outcome.NotYet later -> {}
        }
    }

    private void change(UUID id, RolloutState to, @Nullable String message) {
        scopes.inPlatform(() -> rollouts.change(id, Set.of(RolloutState.WAITING), to, message));
    }

    private void goOn(Rollout rollout) {
        var next = scopes.inPlatform(() -> {
            rollouts.lock(rollout.id);
            var everybodyIsHere = nobodyIsOnTheWay(rollout);
            parts.add(
                    rollout.id,
                    parts.latecomers(rollout.id, rollout.version).stream()
                            .map(late -> new Waves.Place(late, Waves.REST))
                            .toList());
            parts.passOver(rollout.id, config.patience());
            var now = advance.advance(rollout.id);
            if (now instanceof Next.Finish && everybodyIsHere) finish(rollout);
            return now;
        });
        if (!(next instanceof Next.Switch)) return;
        cloud.setBaselineVersion(rollout.version);
        scopes.inPlatform(() -> {
            rollouts.switched(rollout.id);
            return advance.advance(rollout.id);
        });
    }

    /// Asked before the latecomers are looked for: who is not on the way any more by now is found among them.
    private boolean nobodyIsOnTheWay(Rollout rollout) {
        return rollout.switchedAt != null
                && tenants.count(
                                "status = ?1 and createdAt <= ?2", TenantStatus.PROVISIONING.word(), rollout.switchedAt)
                        == 0;
    }

    private void finish(Rollout rollout) {
        if (rollouts.change(rollout.id, Set.of(RolloutState.RUNNING), RolloutState.DONE, null))
            advance.record(rollout, "rollout.done", "new tenants begin at this version");
    }
}
