package io.autostack.tenancy.fleet;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/// Begins to bring every tenant to a version of the schema. Nothing is migrated here: who comes in which wave is
/// written down.
@ApplicationScoped
class StartRollout {

    private static final int NAMED = 3;

    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final KnownSchemas schemas;
    private final Tenants tenants;
    private final Cloud cloud;
    private final Audit audit;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    StartRollout(
            Rollouts rollouts,
            RolloutTenants parts,
            KnownSchemas schemas,
            Tenants tenants,
            Cloud cloud,
            Audit audit,
            Scopes scopes,
            InstantSource clock) {
        this.rollouts = rollouts;
        this.parts = parts;
        this.schemas = schemas;
        this.tenants = tenants;
        this.cloud = cloud;
        this.audit = audit;
        this.scopes = scopes;
        this.clock = clock;
    }

    /// What can come of it.
    sealed interface Result {

        record Started(UUID rollout) implements Result {}

        /// A field is wrong; nothing happened.
        record Wrong(String field, String message) implements Result {}

        /// It does not fit the present state; nothing happened.
        record NotNow(String why) implements Result {}
    }

    /// @param version empty for the newest
    /// @param canary slug or id of the tenant that comes first; empty leaves it to us
    Result start(Caller caller, String version, String canary) {
        return switch (cloud.schemaVersions()) {
            case SchemaVersions.Unusable(var reason) -> new Result.NotNow(reason);
            case SchemaVersions.Known known ->
                start(caller, known, version.isEmpty() ? known.numbers().getLast() : version, canary);
        };
    }

    private Result start(Caller caller, SchemaVersions.Known known, String version, String canary) {
        var numbers = known.numbers();
        if (!numbers.contains(version))
            return new Result.Wrong(
                    "version",
                    "There is no file for version “" + version + "”; there are " + String.join(", ", numbers));
        var first = cloud.baselineVersion();
        if (!numbers.contains(first))
            return new Result.NotNow("New tenants begin at version " + first
                    + ", and there is no file for it any more. Put it back into the folder of migrations.");
        if (known.isLater(first, version))
            return new Result.Wrong(
                    "version",
                    "Version " + version + " is older than " + first
                            + ", at which new tenants begin; there is no way back");
        try {
            return scopes.inPlatform(() -> start(caller, known, version, canary, version.equals(first)));
        } catch (ConstraintViolationException _) {
            return underWay();
        }
    }

    private Result start(
            Caller caller, SchemaVersions.Known known, String version, String canary, boolean beginsThere) {
        if (rollouts.open().isPresent()) return underWay();
        var at = schemas.versions();
        var all = tenants.all().stream()
                .filter(tenant -> AdvanceRollout.SERVED.contains(tenant.status()))
                .toList();
        var ahead = all.stream()
                .filter(tenant -> known.isLater(at.getOrDefault(tenant.id(), ""), version))
                .toList();
        if (!ahead.isEmpty())
            return new Result.Wrong(
                    "version",
                    "Version " + version + " is older than what these tenants have: " + named(ahead)
                            + "; there is no way back");
        var behind = all.stream()
                .filter(tenant -> !version.equals(at.get(tenant.id())))
                .toList();
        if (behind.isEmpty() && beginsThere)
            return new Result.NotNow("Every tenant has version " + version + " already, and new ones begin with it.");
        var chosen = choose(behind, canary);
        if (!canary.isEmpty() && chosen.isEmpty())
            return new Result.Wrong(
                    "canary", "There is no tenant “" + canary + "” that is served and not at that version yet");
        return new Result.Started(open(caller, version, behind, chosen));
    }

    private UUID open(Caller caller, String version, List<TenantRow> behind, Optional<TenantRow> canary) {
        var rollout = new Rollout(UuidV7.next(), version, caller.name(), clock.instant());
        rollouts.persistAndFlush(rollout);
        canary.ifPresent(chosen -> parts.add(
                rollout.id, Waves.of(behind.stream().map(TenantRow::id).toList(), chosen.id())));
        audit.record(
                caller.actor(),
                null,
                "rollout.started",
                "rollout",
                rollout.id.toString(),
                Map.of("name", "of version " + version, "tenants", behind.size()));
        return rollout.id;
    }

    /// Left to us, it is one that only tries things out, if there is one.
    private static Optional<TenantRow> choose(List<TenantRow> oldestFirst, String canary) {
        if (canary.isEmpty())
            return oldestFirst.stream()
                    .filter(tenant -> tenant.environment() == Environment.POC)
                    .findFirst()
                    .or(() -> oldestFirst.stream().findFirst());
        return oldestFirst.stream()
                .filter(tenant ->
                        tenant.slug().equals(canary) || tenant.id().toString().equals(canary))
                .findFirst();
    }

    private static String named(List<TenantRow> tenants) {
        return tenants.stream().limit(NAMED).map(TenantRow::slug).collect(Collectors.joining(", "))
                + (tenants.size() > NAMED ? " and " + (tenants.size() - NAMED) + " more" : "");
    }

    private static Result underWay() {
        return new Result.NotNow("A rollout is under way. Let it end, or abandon it, before you start another one.");
    }
}
