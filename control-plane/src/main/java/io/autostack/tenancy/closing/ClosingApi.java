package io.autostack.tenancy.closing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.Problem;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The end of a tenant, and its return, for programs.
@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
class ClosingApi {

    private final Callers callers;
    private final TenantAccess access;
    private final CloseOrReopen closeOrReopen;
    private final Closings closings;
    private final Certificates certificates;

    @Inject
    ClosingApi(
            Callers callers,
            TenantAccess access,
            CloseOrReopen closeOrReopen,
            Closings closings,
            Certificates certificates) {
        this.callers = callers;
        this.access = access;
        this.closeOrReopen = closeOrReopen;
        this.closings = closings;
        this.certificates = certificates;
    }

    /// That the caller knows which tenant it is: its short name, once more.
    record Confirmation(@Nullable String confirm) {}

    /// A closing as the API shows it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClosingJson(
            UUID operation,
            String closedBy,
            Instant closedAt,
            Instant retainedUntil,
            boolean canComeBack,
            @Nullable Instant reopenedAt,
            @Nullable Instant deletedAt) {}

    /// A certificate as the API shows it; `sha256` is that of `text` as UTF-8.
    record CertificateJson(UUID id, UUID tenant, Instant issuedAt, String text, String sha256) {}

    @POST
    @Path("close")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Close a tenant: final snapshots, then its apps, address and databases go",
            description = "For its owner, or an operator. It can come back until the retention clock runs out.")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    @APIResponse(responseCode = "409", description = "Neither active nor suspended, or an operation is under way")
    public Response close(String tenant, @Nullable Confirmation confirmation) {
        var row = access.toOwn(tenant);
        return ChangeAnswers.accepted(ClosingAnswers.operation(
                row, closeOrReopen.close(callers.current(), row, confirmed(confirmation)), ClosingPages.CLOSE_RULE));
    }

    @POST
    @Path("reopen")
    @Operation(summary = "Bring a closed tenant back from its final snapshots, before the clock runs out")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    @APIResponse(responseCode = "409", description = "Not closed, or deleted for good")
    public Response reopen(String tenant) {
        var row = access.toOwn(tenant);
        return ChangeAnswers.accepted(
                ClosingAnswers.operation(row, closeOrReopen.reopen(callers.current(), row), ClosingPages.REOPEN_RULE));
    }

    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Delete a closed tenant for good, without waiting for its clock")
    @APIResponse(responseCode = "202", description = "Follow the operation; there is no way back")
    public Response delete(String tenant, @Nullable Confirmation confirmation) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return ChangeAnswers.accepted(ClosingAnswers.operation(
                row,
                closeOrReopen.deleteNow(callers.current(), row, confirmed(confirmation)),
                ClosingPages.DELETE_RULE));
    }

    @GET
    @Path("closing")
    @Operation(summary = "When the tenant was last closed, until when it can come back, and how that ended")
    public ClosingJson closing(String tenant) {
        var row = access.toSee(tenant);
        return closings.latest(row.id())
                .map(closing -> new ClosingJson(
                        closing.operation(),
                        closing.closedBy(),
                        closing.closedAt(),
                        closing.retainedUntil(),
                        closing.canComeBack(closings.now()),
                        closing.reopenedAt(),
                        closing.deletedAt()))
                .orElseThrow(() ->
                        Problem.notFound(row.name() + " was never closed.").exception());
    }

    @GET
    @Path("certificate")
    @Operation(summary = "The certificate of deletion: what was deleted, how that was checked, what was kept and why")
    public CertificateJson certificate(String tenant) {
        var row = access.toSee(tenant);
        return certificates
                .of(row.id())
                .map(found -> new CertificateJson(found.id, found.tenantId, found.issuedAt, found.text, found.sha256))
                .orElseThrow(() -> ClosingPages.noCertificate(row).exception());
    }

    private static String confirmed(@Nullable Confirmation confirmation) {
        return confirmation == null || confirmation.confirm() == null ? "" : confirmation.confirm();
    }
}
