package io.autostack.tenancy.backups;

import io.autostack.audit.Actor;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Enqueues the daily backup of each tenant in production, and the removal of backups that have expired: a few at each
/// look, so that a morning after an outage is not a storm.
@ApplicationScoped
class BackupWatch implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(BackupWatch.class);
    private static final int MAX = 20;

    private final BackupRequests requests;
    private final Backups backups;
    private final Tenants tenants;
    private final Scopes scopes;
    private final InstantSource clock;
    private final Duration pause;

    @Inject
    BackupWatch(
            BackupRequests requests,
            Backups backups,
            Tenants tenants,
            Scopes scopes,
            InstantSource clock,
            @ConfigProperty(name = "autostack.backups.every", defaultValue = "5m") Duration pause) {
        this.requests = requests;
        this.backups = backups;
        this.tenants = tenants;
        this.scopes = scopes;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public Duration pause() {
        return pause;
    }

    @Override
    public void run() {
        var now = clock.instant();
        for (var tenant : scopes.inPlatform(() -> backups.withoutScheduledSince(Retention.dueBefore(now), MAX)))
            apart(tenant, () -> takeIfDue(tenant));
        removeExpired();
    }

    void removeExpired() {
        for (var backup : scopes.inPlatform(() -> backups.expired(clock.instant(), MAX)))
            apart(
                    backup.tenant(),
                    () -> tenants.find(backup.tenant())
                            .ifPresent(tenant -> requests.remove(Actor.SYSTEM, tenant, backup.id())));
    }

    void takeIfDue(UUID id) {
        tenants.find(id)
                .filter(tenant -> Retention.isDue(
                        tenant.environment(), tenant.status(), backups.newestScheduled(id), clock.instant()))
                .ifPresent(tenant -> requests.take(Actor.SYSTEM, tenant, BackupKind.SCHEDULED));
    }

    /// One tenant's trouble does not keep the others waiting.
    private void apart(UUID tenant, Runnable work) {
        try {
            scopes.inTenant(tenant, () -> {
                work.run();
                return tenant;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "the backups of tenant %s could not be looked after; they are looked at again", tenant);
        }
    }
}
