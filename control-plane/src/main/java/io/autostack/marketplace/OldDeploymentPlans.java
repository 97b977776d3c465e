package io.autostack.marketplace;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Removes deployment plans that nobody approved while they could be. Those of deployments stay: they say what was
/// built.
@ApplicationScoped
class OldDeploymentPlans implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(OldDeploymentPlans.class);
    private static final int ROWS_AT_ONCE = 500;
    private static final int BATCHES_AT_ONCE = 100;

    private final Deployments deployments;
    private final Scopes scopes;
    private final Duration keep;

    @Inject
    OldDeploymentPlans(
            Deployments deployments,
            Scopes scopes,
            @ConfigProperty(name = "autostack.deployment-plans.keep", defaultValue = "P30D") Duration keep) {
        this.deployments = deployments;
        this.scopes = scopes;
        this.keep = keep;
    }

    @Override
    public String name() {
        return "remove-old-deployment-plans";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        int removed = 0;
        for (int batch = 0; batch < BATCHES_AT_ONCE; batch++) {
            int some = scopes.inPlatform(() -> deployments.removeExpired(keep, ROWS_AT_ONCE));
            removed += some;
            if (some < ROWS_AT_ONCE) break;
        }
        if (removed > 0) LOG.infof("%d deployment plans that nobody approved were removed", removed);
    }
}
