package io.autostack.tenancy.credentials;

import io.autostack.identity.Callers;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// The button on a tenant's settings.
@Path("/tenants/{tenant}/rotate-credentials")
class CredentialsPages {

    private final Callers callers;
    private final TenantAccess access;
    private final CredentialRotation rotation;

    @Inject
    CredentialsPages(Callers callers, TenantAccess access, CredentialRotation rotation) {
        this.callers = callers;
        this.access = access;
        this.rotation = rotation;
    }

    @POST
    public Response rotate(String tenant) {
        var row = access.toAdminister(tenant);
        return ChangeAnswers.forPerson(row, rotation.ask(callers.current(), row));
    }
}
