package io.autostack.tenancy.closing;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Enqueues the deletion of closed tenants whose clock has run out. One that is being reopened waits for the next run.
@ApplicationScoped
class OverdueTenants implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(OverdueTenants.class);
    private static final int AT_ONCE = 50;

    private final Closings closings;
    private final CloseOrReopen closeOrReopen;
    private final Scopes scopes;

    @Inject
    OverdueTenants(Closings closings, CloseOrReopen closeOrReopen, Scopes scopes) {
        this.closings = closings;
        this.closeOrReopen = closeOrReopen;
        this.scopes = scopes;
    }

    @Override
    public String name() {
        return "overdue-tenants";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        for (var overdue : scopes.inPlatform(() -> closings.overdue(AT_ONCE)))
            try {
                LOG.infof(
                        "the clock of the closed tenant %s has run out: %s",
                        overdue.tenant(),
                        scopes.inPlatform(() -> closeOrReopen.deleteOverdue(overdue))
                                .getClass()
                                .getSimpleName());
            } catch (RuntimeException e) {
                LOG.warnf(e, "the deletion of tenant %s could not be enqueued; that is tried again", overdue.tenant());
            }
    }
}
