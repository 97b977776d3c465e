package io.autostack.tenancy.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Hands out everything that a tenant has in databases. No transaction of ours is open while it streams.
@ApplicationScoped
class ExportTenant {

    private static final Set<TenantStatus> FROM = Set.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private final Cloud cloud;
    private final Audit audit;
    private final Scopes scopes;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final ExportSlots slots;
    private final String version;

    @Inject
    ExportTenant(
            Cloud cloud,
            Audit audit,
            Scopes scopes,
            ObjectMapper json,
            InstantSource clock,
            ExportSlots slots,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.cloud = cloud;
        this.audit = audit;
        this.scopes = scopes;
        this.json = json;
        this.clock = clock;
        this.slots = slots;
        this.version = version;
    }

    /// What can come of it.
    sealed interface Result {

        record Ready(Archive archive) implements Result {}

        record NotFrom(TenantStatus status) implements Result {}

        /// @param obstacle in words that say what to do
        record NotNow(String obstacle) implements Result {}

        /// Another export of the tenant is under way.
        record AnotherOfTheTenant() implements Result {}

        record TooManyInAll() implements Result {}
    }

    /// Writes itself.
    interface Archive {
        void writeTo(OutputStream out) throws IOException;

        /// Nobody takes it any more; without effect once it is being written.
        void giveUp();
    }

    /// Looks first, so that whatever stands in the way is said before the first byte.
    Result export(Caller caller, TenantRow tenant) {
        if (!FROM.contains(tenant.status())) return new Result.NotFrom(tenant.status());
        return switch (slots.take(tenant.id())) {
            case ExportSlots.Turn.AnotherOfTheTenant() -> new Result.AnotherOfTheTenant();
            case ExportSlots.Turn.TooManyInAll() -> new Result.TooManyInAll();
            case ExportSlots.Turn.Yours(var place) -> {
                var kept = false;
                try {
                    var result = export(caller, tenant, place);
                    kept = result instanceof Result.Ready;
                    yield result;
                } finally {
                    if (!kept) place.end();
                }
            }
        };
    }

    private Result export(Caller caller, TenantRow tenant, ExportSlots.Place place) {
        var subject = tenant.subject(caller.name());
        var wanted = new DatabaseSpec(
                tenant.id(), subject.database(), subject.secret(), true, tenant.placement(), subject.server());
        var obstacle = cloud.findExportObstacle(wanted);
        if (obstacle.isPresent()) return new Result.NotNow(obstacle.get());
        record(caller, tenant, "tenant.export-begun", Map.of("slug", tenant.slug()));
        return new Result.Ready(new Archive() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                if (!place.use()) throw new IOException("nobody takes the archive any more");
                try {
                    write(caller, tenant, wanted, out);
                } finally {
                    place.end();
                }
            }

            @Override
            public void giveUp() {
                place.giveUp();
            }
        });
    }

    private void write(Caller caller, TenantRow tenant, DatabaseSpec wanted, OutputStream out) throws IOException {
        var startedAt = clock.instant();
        var archive = new ExportArchive(out, startedAt, version);
        cloud.exportDatabases(wanted, archive);
        var manifest = new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                new Manifest.Tenant(tenant.id(), tenant.slug(), tenant.name()),
                startedAt,
                caller.name(),
                Manifest.NOTES,
                archive.databases());
        archive.finish(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        var tables = archive.databases().stream()
                .flatMap(database -> database.files().stream())
                .filter(file -> file.table() != null)
                .toList();
        record(
                caller,
                tenant,
                "tenant.exported",
                Map.of(
                        "slug", tenant.slug(),
                        "databases", archive.databases().size(),
                        "tables", tables.size(),
                        "rows",
                                Long.toString(tables.stream()
                                        .mapToLong(Manifest.File::rows)
                                        .sum())));
    }

    private void record(Caller caller, TenantRow tenant, String action, Map<String, Object> details) {
        scopes.inTenant(tenant.id(), () -> {
            audit.record(
                    caller.actor(), tenant.id(), action, "tenant", tenant.id().toString(), details);
            return tenant;
        });
    }
}
