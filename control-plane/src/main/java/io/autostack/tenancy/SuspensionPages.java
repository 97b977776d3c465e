package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// The two buttons of an operator on a tenant's page.
@Path("/tenants/{tenant}")
class SuspensionPages {

    private final Callers callers;
    private final TenantAccess access;
    private final SuspendOrResume suspendOrResume;

    @Inject
    SuspensionPages(Callers callers, TenantAccess access, SuspendOrResume suspendOrResume) {
        this.callers = callers;
        this.access = access;
        this.suspendOrResume = suspendOrResume;
    }

    @POST
    @Path("suspend")
    public Response suspend(String tenant) {
        var row = operated(tenant);
        return ChangeAnswers.forPerson(row, suspendOrResume.suspend(callers.current(), row));
    }

    @POST
    @Path("resume")
    public Response resume(String tenant) {
        var row = operated(tenant);
        return ChangeAnswers.forPerson(row, suspendOrResume.resume(callers.current(), row));
    }

    private TenantRow operated(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }
}
