package io.autostack.tenancy.fleet;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What operators see of the fleet, and who may see it.
@ApplicationScoped
class Fleet {

    private static final int MAX_DRIFTING = 100;

    private final Callers callers;
    private final Rollouts rollouts;
    private final RolloutTenants parts;
    private final KnownSchemas schemas;
    private final Tenants tenants;
    private final Cloud cloud;
    private final Scopes scopes;

    @Inject
    Fleet(
            Callers callers,
            Rollouts rollouts,
            RolloutTenants parts,
            KnownSchemas schemas,
            Tenants tenants,
            Cloud cloud,
            Scopes scopes) {
        this.callers = callers;
        this.rollouts = rollouts;
        this.parts = parts;
        this.schemas = schemas;
        this.tenants = tenants;
        this.cloud = cloud;
        this.scopes = scopes;
    }

    /// The schemas of all tenants.
    ///
    /// @param problem with the files of the migrations; empty when there is none
    /// @param first the version that new tenants begin at
    /// @param drifting tenants whose schema is not what others of the same version have
    record Schemas(
            String problem, String first, List<SchemaGroups.OfVersion> versions, int unread, List<Drifting> drifting) {}

    /// A tenant whose schema is not what others of the same version have.
    record Drifting(TenantRow tenant, String version, String fingerprint, String usual) {}

    /// A rollout with its waves, and the tenants that failed in it.
    record View(Rollout rollout, List<WaveCount> waves, List<Part> failed) {

        /// Whether something can still happen without anybody's doing.
        boolean live() {
            return RolloutState.AT_WORK.contains(rollout.state())
                    || waves.stream().anyMatch(wave -> wave.running() > 0);
        }
    }

    /// A tenant in a rollout.
    record Part(TenantRow tenant, RolloutTenant row) {}

    /// @throws io.autostack.shared.ProblemException when the caller does not operate the platform
    Caller operator() {
        var caller = callers.current().mustBe(Role.OPERATOR);
        if (caller.tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant and cannot see the fleet.")
                    .exception();
        return caller;
    }

    Schemas schemas() {
        var files = files();
        return scopes.inPlatform(() -> schemas(files));
    }

    /// What the page of the fleet shows, read in one transaction.
    ///
    /// @param rollouts the newest, without the failures of those that have ended
    record Overview(Schemas schemas, List<View> rollouts) {}

    Overview overview(int past) {
        var files = files();
        return scopes.inPlatform(() -> new Overview(
                schemas(files),
                views(
                        rollouts.page(new PageRequest(past, null)).items(),
                        rollout -> RolloutState.OPEN.contains(rollout.state()))));
    }

    /// What the cloud says about the files of the migrations; it is not asked inside of a transaction.
    private record MigrationFiles(String problem, String first, List<SchemaVersions.Version> known) {}

    private MigrationFiles files() {
        return switch (cloud.schemaVersions()) {
            case SchemaVersions.Known(var known) -> new MigrationFiles("", cloud.baselineVersion(), known);
            case SchemaVersions.Unusable(var reason) -> new MigrationFiles(reason, "", List.of());
        };
    }

    private Schemas schemas(MigrationFiles files) {
        var groups = schemas.groups();
        var versions = SchemaGroups.of(files.known(), groups);
        return new Schemas(
                files.problem(),
                files.first(),
                versions,
                groups.stream().mapToInt(KnownSchemas.Group::unread).sum(),
                drifting(versions));
    }

    /// In the order of versions and fingerprints.
    private List<Drifting> drifting(List<SchemaGroups.OfVersion> versions) {
        var unusual = versions.stream()
                .flatMap(version -> version.unusual().stream()
                        .map(print -> new KnownSchemas.Unusual(version.number(), print, version.usual())))
                .toList();
        var found = schemas.tenantsWith(unusual, MAX_DRIFTING);
        var rows = rows(found.stream().map(KnownSchemas.Drifted::tenant).toList());
        return found.stream()
                .map(drifted -> new Drifting(
                        row(rows, drifted.tenant()),
                        drifted.from().version(),
                        drifted.from().fingerprint(),
                        drifted.from().usual()))
                .toList();
    }

    void refresh() {
        scopes.inPlatform(() -> {
            schemas.refresh();
            return true;
        });
    }

    /// @throws io.autostack.shared.ProblemException when there is none
    View rollout(String id) {
        return scopes.inPlatform(() -> views(List.of(found(id)), any -> true).getFirst());
    }

    Page<View> rollouts(PageRequest request) {
        return scopes.inPlatform(() -> {
            var page = rollouts.page(request);
            return new Page<>(views(page.items(), any -> true), page.nextToken());
        });
    }

    Page<Part> tenants(String id, PageRequest request) {
        return scopes.inPlatform(() -> {
            var page = parts.page(found(id).id, request);
            var rows = rows(page.items().stream().map(part -> part.tenantId).toList());
            return page.map(part -> new Part(row(rows, part.tenantId), part));
        });
    }

    /// All of them in as many questions as one.
    private List<View> views(List<Rollout> of, Predicate<Rollout> withFailures) {
        var waves = parts.counts(of.stream().map(rollout -> rollout.id).toList());
        var failed = parts.failed(
                of.stream().filter(withFailures).map(rollout -> rollout.id).toList());
        var rows = rows(failed.stream().map(part -> part.tenantId).toList());
        return of.stream()
                .map(rollout -> new View(
                        rollout,
                        waves.getOrDefault(rollout.id, List.of()),
                        failed.stream()
                                .filter(part -> part.rolloutId.equals(rollout.id))
                                .map(part -> new Part(row(rows, part.tenantId), part))
                                .toList()))
                .toList();
    }

    private Map<UUID, TenantRow> rows(Collection<UUID> ids) {
        return tenants.all(ids).stream().collect(Collectors.toMap(TenantRow::id, Function.identity()));
    }

    private static TenantRow row(Map<UUID, TenantRow> rows, UUID id) {
        var tenant = rows.get(id);
        if (tenant == null) throw new IllegalStateException("the fleet has a tenant that nobody knows");
        return tenant;
    }

    private Rollout found(String id) {
        return uuid(id).stream()
                .flatMap(uuid -> rollouts.findByIdOptional(uuid).stream())
                .findFirst()
                .orElseThrow(() ->
                        Problem.notFound("There is no rollout “" + id + "”.").exception());
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
