package io.autostack.tenancy.export;

import io.autostack.identity.Callers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A tenant's data for programs.
@Path("/api/v1/tenants/{tenant}/export")
@Tag(name = "Tenants")
class ExportApi {

    private final Callers callers;
    private final TenantAccess access;
    private final ExportTenant exportTenant;
    private final ExportAnswers answers;

    @Inject
    ExportApi(Callers callers, TenantAccess access, ExportTenant exportTenant, ExportAnswers answers) {
        this.callers = callers;
        this.access = access;
        this.exportTenant = exportTenant;
        this.answers = answers;
    }

    /// Answers whoever accepts anything else with the archive as well: problems come as JSON.
    @GET
    @Operation(
            operationId = "exportTenant",
            summary = "Everything the tenant has in databases, as one archive",
            description =
                    "A ZIP with the schema as SQL, a CSV file for each table, and manifest.json with row counts and"
                            + " SHA-256 of every file as its last entry. Each database is as it was at one moment. Streams.")
    @APIResponse(responseCode = "200", description = "The archive", content = @Content(mediaType = ExportAnswers.ZIP))
    @APIResponse(
            responseCode = "409",
            description = "The tenant is neither active nor suspended, or something is in the way")
    @APIResponse(responseCode = "429", description = "Another export of the tenant is under way")
    @APIResponse(responseCode = "503", description = "Too many exports are under way")
    public Response export(String tenant) {
        var row = access.toAdminister(tenant);
        return answers.of(row, exportTenant.export(callers.current(), row));
    }
}
