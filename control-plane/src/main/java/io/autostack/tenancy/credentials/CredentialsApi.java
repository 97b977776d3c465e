package io.autostack.tenancy.credentials;

import io.autostack.identity.Callers;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/tenants/{tenant}/rotate-credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
class CredentialsApi {

    private final Callers callers;
    private final TenantAccess access;
    private final CredentialRotation rotation;

    @Inject
    CredentialsApi(Callers callers, TenantAccess access, CredentialRotation rotation) {
        this.callers = callers;
        this.access = access;
        this.rotation = rotation;
    }

    @POST
    @Operation(summary = "Give the tenant's database new credentials while the previous ones go on working for a while")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response rotate(String tenant) {
        var row = access.toAdminister(tenant);
        return ChangeAnswers.forProgram(row, rotation.ask(callers.current(), row), CredentialRotation.RULE);
    }
}
