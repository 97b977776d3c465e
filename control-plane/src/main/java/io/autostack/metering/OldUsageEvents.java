package io.autostack.metering;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.shared.Scopes;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/// Removes usage events of months that have been over for long enough. What was charged is read from totals, which
/// stay; a month's events go a thousand at a time, in the scope of their tenant.
@ApplicationScoped
class OldUsageEvents implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(OldUsageEvents.class);
    private static final int MONTHS_AT_ONCE = 500;
    private static final int BATCHES_AT_ONCE = 500;

    /// Until then the key of an event tells that it was counted.
    private static final Duration SHORTEST = Admission.OLDEST.plusDays(1);

    private final UsageRetention retention;
    private final Audit audit;
    private final Scopes scopes;
    private final Duration keep;

    @Inject
    OldUsageEvents(UsageRetention retention, Audit audit, Scopes scopes, UsageConfig config) {
        this.retention = retention;
        this.audit = audit;
        this.scopes = scopes;
        this.keep = config.keepEvents();
    }

    void check(@Observes StartupEvent start) {
        if (keep.compareTo(SHORTEST) < 0)
            throw new IllegalStateException("autostack.usage.keep-events must be " + SHORTEST.toDays()
                    + " days or more, because events are accepted until they are " + Admission.OLDEST.toDays()
                    + " days old and must not be counted twice; it is " + keep);
    }

    @Override
    public String name() {
        return "remove-old-usage-events";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        int batches = BATCHES_AT_ONCE;
        for (var month : scopes.inPlatform(() -> retention.due(keep, MONTHS_AT_ONCE)))
            try {
                batches -= remove(month, batches);
                if (batches <= 0) return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "usage events of tenant %s in %s could not be removed; that is tried again",
                        month.tenant(),
                        month.period());
            }
    }

    /// Each batch is a transaction of its own, so that nobody waits behind it and what is removed stays removed.
    ///
    /// @return how many batches that took
    private int remove(UsageRetention.Month month, int most) {
        int before = 0;
        for (int batch = 1; batch <= most; batch++) {
            int removed = before;
            var result = scopes.inTenant(month.tenant(), () -> batch(month, removed));
            before = result.removed();
            if (result.over()) return batch;
        }
        return most;
    }

    private UsageRetention.Result batch(UsageRetention.Month month, int before) {
        var result = retention.removeSome(month, before);
        if (!result.over() || result.removed() == 0) return result;
        audit.record(
                Actor.SYSTEM,
                month.tenant(),
                "usage.events-removed",
                "usage",
                month.period().toString(),
                Map.of("events", result.removed()));
        LOG.infof(
                "%d usage events of tenant %s in %s were removed; their totals stay",
                result.removed(), month.tenant(), month.period());
        return result;
    }
}
