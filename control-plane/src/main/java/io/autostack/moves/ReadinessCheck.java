package io.autostack.moves;

import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Rollback;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Looks up what readiness is decided from. Asks the database itself, so never inside a transaction.
@ApplicationScoped
class ReadinessCheck {

    private static final Logger LOG = Logger.getLogger(ReadinessCheck.class);
    private static final int LATEST = 200;

    /// The final snapshot and the new database.
    private static final int COPIES = 2;

    private final Operations operations;
    private final Limits limits;
    private final Cloud cloud;
    private final CloudDescription description;
    private final Scopes scopes;

    @Inject
    ReadinessCheck(Operations operations, Limits limits, Cloud cloud, CloudDescription description, Scopes scopes) {
        this.operations = operations;
        this.limits = limits;
        this.cloud = cloud;
        this.description = description;
        this.scopes = scopes;
    }

    Readiness of(TenantRow tenant, Placement placement, Set<Confirmation> confirmed) {
        var latest = scopes.inTenant(tenant.id(), () -> operations.latest(tenant.id(), LATEST));
        var rolledBack = latest.stream()
                .flatMap(operation -> operation.find(Rollback.class).stream())
                .map(Rollback::operation)
                .collect(Collectors.toSet());
        var facts = new Readiness.Facts(
                tenant.status().word(),
                titles(latest, operation -> !operation.finished()),
                titles(
                        latest,
                        operation ->
                                operation.state() == Operation.State.FAILED && !rolledBack.contains(operation.id())),
                databaseProblem(tenant),
                scopes.inTenant(tenant.id(), () -> limits.tooMuchFor(tenant, tenant.plan())).stream()
                        .map(LimitDecision.Refused::reason)
                        .toList(),
                cloud.findObstacleTo(placement),
                schemaProblem(tenant),
                room(tenant));
        return Readiness.of(facts, confirmed);
    }

    private Optional<String> databaseProblem(TenantRow tenant) {
        return problem(
                tenant,
                desired -> cloud.checkDatabase(desired) instanceof Outcome.Failed(var reason)
                        ? Optional.of(reason)
                        : Optional.empty());
    }

    private Optional<String> schemaProblem(TenantRow tenant) {
        return problem(tenant, desired -> switch (cloud.readSchema(desired, false)) {
            case SchemaReading.Observed(var version, var fingerprint) -> behind(version);
            case SchemaReading.NotNow(var why) ->
                Optional.of("It cannot be read, because " + why + ". Look again when that is over.");
            case SchemaReading.Missing(var reason) -> Optional.of(reason);
        });
    }

    /// One that is ahead is the first of a rollout.
    private Optional<String> behind(String version) {
        var first = cloud.baselineVersion();
        return switch (cloud.schemaVersions()) {
            case SchemaVersions.Unusable(var reason) -> Optional.of(reason);
            case SchemaVersions.Known known ->
                version.equals(first) || known.isLater(version, first)
                        ? Optional.empty()
                        : Optional.of("It is at version " + version + ", and new tenants begin at " + first
                                + ". Roll that version out to this tenant first.");
        };
    }

    private Optional<String> problem(TenantRow tenant, Function<DatabaseSpec, Optional<String>> run) {
        var desired = tenant.databaseSpec();
        if (desired.isEmpty()) return Optional.of("It has no database yet. Finish the onboarding first.");
        try {
            return run.apply(desired.get());
        } catch (RuntimeException e) {
            LOG.warnf(e, "the database of %s did not answer", tenant.slug());
            return Optional.of("It does not answer. The log says why; resume or repair it first.");
        }
    }

    private Readiness.Room room(TenantRow tenant) {
        var unknown = description.room().unknownForMove();
        try {
            var size = tenant.databaseSpec().map(cloud::findSize).orElse(OptionalLong.empty());
            var free = cloud.quotas().stream()
                    .filter(quota -> quota.name().equals(Quota.DISK))
                    .mapToLong(Quota::free)
                    .findFirst();
            return new Readiness.Room(size.stream().map(bytes -> COPIES * bytes).findFirst(), free, unknown);
        } catch (RuntimeException e) {
            LOG.warnf(e, "nobody says how much room there is for %s", tenant.slug());
            return new Readiness.Room(OptionalLong.empty(), OptionalLong.empty(), unknown);
        }
    }

    private static List<String> titles(List<Operation> all, Predicate<Operation> which) {
        return all.stream().filter(which).map(Operation::title).toList();
    }
}
