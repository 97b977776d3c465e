package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.RepairTenant.Part;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.upkeep.Inspections.Compared;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Looks after all tenants: the same questions and the same comparing each time, whatever they find. Two looks at once
/// do no harm: findings are unique, and repairs are enqueued under the tenant's lock.
@ApplicationScoped
class Reconciliation implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    /// A password cannot be read, only tried: that many tenants at each run, one after the other in a circle.
    private static final int SIGN_INS = 5;

    private final Cloud cloud;
    private final CloudDescription description;
    private final Inspections inspections;
    private final Orphans orphans;
    private final EnqueueRepair repairs;
    private final LastReconciliation lastReconciliation;
    private final Scopes scopes;
    private final UpkeepConfig config;
    private final InstantSource clock;

    @Inject
    Reconciliation(
            Cloud cloud,
            CloudDescription description,
            Inspections inspections,
            Orphans orphans,
            EnqueueRepair repairs,
            LastReconciliation lastLook,
            Scopes scopes,
            UpkeepConfig config,
            InstantSource clock) {
        this.cloud = cloud;
        this.description = description;
        this.inspections = inspections;
        this.orphans = orphans;
        this.repairs = repairs;
        this.lastReconciliation = lastLook;
        this.scopes = scopes;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "upkeep";
    }

    @Override
    public Duration pause() {
        return config.every();
    }

    @Override
    public void run() {
        reconcile();
    }

    /// The inventory comes first and tenants second, so that whoever is being changed meanwhile is left out.
    LastReconciliation.Run reconcile() {
        var begun = clock.instant();
        var tries = scopes.inPlatform(() -> lastReconciliation.nextSignIns(SIGN_INS));
        var since = scopes.inPlatform(inspections::now);
        var seen = new ObservedState(cloud.inventory(), signIns(tries));
        var compared = comparePages(seen, since, begun);
        scopes.inPlatform(() -> {
            inspections.resolveOfOthers(begun);
            orphans.note(orphans.among(seen.all(), since), begun);
            return begun;
        });
        var differing =
                compared.stream().filter(one -> !one.differences().isEmpty()).toList();
        var looked = clock.instant();
        int enqueued = enqueueRepairs(differing);
        var run = new LastReconciliation.Run(
                begun,
                Duration.between(begun, looked).toMillis(),
                Duration.between(looked, clock.instant()).toMillis(),
                compared.size(),
                differing.size(),
                enqueued,
                tries.size(),
                tries.isEmpty() ? Optional.empty() : Optional.of(tries.getLast().tenant()));
        scopes.inPlatform(() -> {
            lastReconciliation.write(run);
            return run;
        });
        return run;
    }

    private Map<UUID, SignIn> signIns(List<LastReconciliation.Try> tries) {
        var signIns = new HashMap<UUID, SignIn>();
        for (var one : tries) signIns.put(one.tenant(), signIn(one));
        return signIns;
    }

    /// One tenant's trouble does not end the look after all of them.
    private SignIn signIn(LastReconciliation.Try one) {
        try {
            return cloud.signIn(new DatabaseSpec(
                    one.tenant(), one.database(), one.secret(), true, one.placement(), ServerSpec.POC));
        } catch (RuntimeException e) {
            LOG.warnf(e, "nobody could sign in as tenant %s; the next look that tries it tells", one.tenant());
            return new SignIn.NoAnswer();
        }
    }

    /// A transaction for each page: nobody who signs up or changes something has to wait for the whole look.
    private List<Compared> comparePages(ObservedState seen, Instant since, Instant at) {
        var all = new ArrayList<Compared>();
        var after = Inspections.FIRST;
        while (true) {
            var last = after;
            var page = scopes.inPlatform(() -> {
                var candidates = inspections.page(last, since);
                var compared = candidates.stream()
                        .filter(candidate -> !seen.isElsewhere(candidate.desired()))
                        .map(candidate ->
                                new Compared(candidate, Drift.compare(candidate.desired(), seen, description.server())))
                        .toList();
                inspections.record(at, compared, seen.tried());
                all.addAll(compared);
                return candidates;
            });
            if (page.size() < Inspections.PAGE) return all;
            after = page.getLast().desired().tenant();
        }
    }

    private int enqueueRepairs(List<Compared> differing) {
        int enqueued = 0;
        int asked = 0;
        for (var one : differing) {
            if (asked == config.repairs()) break;
            var parts = parts(one);
            if (parts.isEmpty()
                    || RepairTenant.words(parts).equals(one.candidate().failedParts())) continue;
            asked++;
            if (enqueue(one, parts)) enqueued++;
        }
        return enqueued;
    }

    private boolean enqueue(Compared one, Set<Part> parts) {
        try {
            return repairs.enqueue(one.candidate(), parts);
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "no repair of tenant %s could be enqueued; the next run tries again",
                    one.candidate().desired().tenant());
            return false;
        }
    }

    private static Set<Part> parts(Compared compared) {
        var parts = EnumSet.noneOf(Part.class);
        for (var difference : compared.differences()) difference.repair().ifPresent(parts::add);
        return parts;
    }
}
