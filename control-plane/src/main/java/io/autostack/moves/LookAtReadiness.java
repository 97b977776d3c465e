package io.autostack.moves;

import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Looks up what readiness is decided from. Asks the database itself, so never inside a transaction.
@ApplicationScoped
class LookAtReadiness {

    private static final Logger LOG = Logger.getLogger(LookAtReadiness.class);
    private static final int LATEST = 200;

    private final Operations operations;
    private final Limits limits;
    private final Cloud cloud;
    private final Scopes scopes;

    @Inject
    LookAtReadiness(Operations operations, Limits limits, Cloud cloud, Scopes scopes) {
        this.operations = operations;
        this.limits = limits;
        this.cloud = cloud;
        this.scopes = scopes;
    }

    Readiness of(TenantRow tenant, Placement placement, Set<Confirmation> confirmed) {
        var latest = scopes.inTenant(tenant.id(), () -> operations.latest(tenant.id(), LATEST));
        var released = latest.stream()
                .flatMap(operation -> operation.facts().find("released").stream())
                .collect(Collectors.toSet());
        var facts = new Readiness.Facts(
                tenant.status().word(),
                titles(latest, operation -> !operation.finished()),
                titles(
                        latest,
                        operation -> operation.state() == Operation.State.FAILED
                                && !released.contains(operation.id().toString())),
                databaseProblem(tenant),
                scopes.inTenant(tenant.id(), () -> limits.tooMuchFor(tenant, tenant.plan())).stream()
                        .map(LimitDecision.Refused::reason)
                        .toList(),
                cloud.findObstacleTo(placement));
        return Readiness.of(facts, confirmed);
    }

    private Optional<String> databaseProblem(TenantRow tenant) {
        var wanted = tenant.databaseWanted();
        if (wanted.isEmpty()) return Optional.of("It has no database yet. Finish the onboarding first.");
        try {
            return cloud.checkDatabase(wanted.get()) instanceof Outcome.Failed(var reason)
                    ? Optional.of(reason)
                    : Optional.empty();
        } catch (RuntimeException outage) {
            LOG.warnf(outage, "the database of %s did not answer", tenant.slug());
            return Optional.of("It does not answer. The log says why; resume or repair it first.");
        }
    }

    private static List<String> titles(List<Operation> all, Predicate<Operation> which) {
        return all.stream().filter(which).map(Operation::title).toList();
    }
}
