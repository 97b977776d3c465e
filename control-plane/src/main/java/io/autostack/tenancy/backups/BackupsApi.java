package io.autostack.tenancy.backups;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.PageRequest;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backups")
class BackupsApi {

    private final Callers callers;
    private final TenantAccess access;
    private final BackupRequests requests;
    private final Backups backups;
    private final Drills drills;
    private final InstantSource clock;

    @Inject
    BackupsApi(
            Callers callers,
            TenantAccess access,
            BackupRequests requests,
            Backups backups,
            Drills drills,
            InstantSource clock) {
        this.callers = callers;
        this.access = access;
        this.requests = requests;
        this.backups = backups;
        this.drills = drills;
        this.clock = clock;
    }

    /// A backup as the API shows it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            UUID id,
            String kind,
            String state,
            String database,
            @Nullable Instant takenAt,
            @Nullable Long bytes,
            @Nullable Instant expiresAt,
            @Nullable String file,
            String requestedBy,
            Instant createdAt,
            UUID operation) {

        static Shown of(Backup backup) {
            return new Shown(
                    backup.id(),
                    backup.kind().word(),
                    backup.state().word(),
                    backup.database(),
                    backup.takenAt(),
                    backup.bytes(),
                    backup.expiresAt(),
                    backup.file(),
                    backup.requestedBy(),
                    backup.createdAt(),
                    backup.operation());
        }
    }

    /// A restore drill as the API shows it, beside its targets; times are ISO 8601 durations.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShownDrill(
            UUID id,
            String state,
            UUID backup,
            @Nullable String rto,
            String rtoTarget,
            @Nullable String rpo,
            String rpoTarget,
            String requestedBy,
            Instant createdAt,
            UUID operation) {

        static ShownDrill of(Drill drill) {
            return new ShownDrill(
                    drill.id(),
                    drill.state().word(),
                    drill.backup(),
                    drill.rto().map(Duration::toString).orElse(null),
                    Drill.RTO_TARGET.toString(),
                    drill.rpo().map(Duration::toString).orElse(null),
                    Drill.RPO_TARGET.toString(),
                    drill.requestedBy(),
                    drill.createdAt(),
                    drill.operation());
        }
    }

    @POST
    @Path("backups")
    @Operation(summary = "Back the tenant up: a copy of its database, kept apart from it")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response take(String tenant) {
        var row = access.toAdminister(tenant);
        return answer("backup", row, requests.take(callers.current().actor(), row, BackupKind.MANUAL));
    }

    @GET
    @Path("backups")
    @Operation(summary = "The tenant's backups, newest first")
    public Response list(
            String tenant,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var row = access.toSee(tenant);
        return Lists.answer(
                "backups",
                backups.page(row.id(), PageRequest.of(pageSize, pageToken)).map(Shown::of),
                address);
    }

    @GET
    @Path("backups/{backup}")
    @Operation(summary = "One backup")
    public Shown get(String tenant, UUID backup) {
        return backups.find(access.toSee(tenant).id(), backup).map(Shown::of).orElseThrow(BackupAnswers::noBackup);
    }

    @POST
    @Path("backups/{backup}/restore")
    @Operation(summary = "Restore the backup into a new database and lead the tenant there")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response restore(String tenant, UUID backup) {
        var row = access.toAdminister(tenant);
        return answer("backup", row, requests.restore(callers.current().actor(), row, backup));
    }

    @DELETE
    @Path("backups/{backup}")
    @Operation(summary = "Remove the backup before it expires")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response remove(String tenant, UUID backup) {
        var row = access.toAdminister(tenant);
        return answer("backup", row, requests.remove(callers.current().actor(), row, backup));
    }

    @POST
    @Path("restore-drills")
    @Operation(summary = "Try the newest backup out: restore it, compare it, remove it again")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response drill(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return answer("drill", row, requests.drill(callers.current().actor(), row));
    }

    @GET
    @Path("restore-drills")
    @Operation(summary = "What drills have shown, newest first, beside the targets")
    public Response drills(
            String tenant,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var row = access.toSee(tenant);
        return Lists.answer(
                "drills",
                drills.page(row.id(), PageRequest.of(pageSize, pageToken)).map(ShownDrill::of),
                address);
    }

    private Response answer(String what, TenantRow tenant, BackupRequests.Result result) {
        var answered = BackupAnswers.answered(tenant, result, clock.instant());
        if (answered.answer() instanceof ChangeRequest.Result.Accepted(var operation))
            return Response.accepted(Map.of("operation", operation, what, answered.id()))
                    .location(URI.create("/api/v1/operations/" + operation))
                    .build();
        return ChangeAnswers.forProgram(tenant, answered.answer(), BackupAnswers.RULE);
    }
}
