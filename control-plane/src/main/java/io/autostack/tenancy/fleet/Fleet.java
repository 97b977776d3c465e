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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
        return switch (cloud.schemaVersions()) {
            case SchemaVersions.Known(var known) -> schemas("", cloud.baselineVersion(), known);
            case SchemaVersions.Unusable(var reason) -> schemas(reason, "", List.of());
        };
    }

    private Schemas schemas(String problem, String first, List<SchemaVersions.Version> known) {
        return scopes.inPlatform(() -> {
            var versions = SchemaGroups.of(known, schemas.groups());
            return new Schemas(
                    problem,
                    first,
                    versions,
                    schemas.unread(),
                    versions.stream()
                            .flatMap(version -> version.unusual().stream()
                                    .flatMap(fingerprint -> drifting(version, fingerprint).stream()))
                            .limit(MAX_DRIFTING)
                            .toList());
        });
    }

    private List<Drifting> drifting(SchemaGroups.OfVersion version, String fingerprint) {
        return tenants.all(schemas.tenantsWith(version.number(), fingerprint, MAX_DRIFTING)).stream()
                .map(tenant -> new Drifting(tenant, version.number(), fingerprint, version.usual()))
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
        return scopes.inPlatform(() -> view(found(id)));
    }

    Page<View> rollouts(PageRequest request) {
        return scopes.inPlatform(() -> rollouts.page(request).map(this::view));
    }

    Page<Part> tenants(String id, PageRequest request) {
        return scopes.inPlatform(() -> {
            var page = parts.page(found(id).id, request);
            var rows = rows(page.items());
            return page.map(part -> part(part, rows));
        });
    }

    private View view(Rollout rollout) {
        var failed = parts.failed(rollout.id);
        var rows = rows(failed);
        return new View(
                rollout,
                parts.counts(rollout.id),
                failed.stream().map(part -> part(part, rows)).toList());
    }

    private Map<UUID, TenantRow> rows(List<RolloutTenant> of) {
        return tenants.all(of.stream().map(part -> part.tenantId).toList()).stream()
                .collect(Collectors.toMap(TenantRow::id, Function.identity()));
    }

    private static Part part(RolloutTenant part, Map<UUID, TenantRow> rows) {
        var tenant = rows.get(part.tenantId);
        if (tenant == null) throw new IllegalStateException("a rollout has a tenant that nobody knows");
        return new Part(tenant, part);
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
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
