package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

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
        return followed(row, suspendOrResume.suspend(callers.current(), row));
    }

    @POST
    @Path("resume")
    public Response resume(String tenant) {
        var row = operated(tenant);
        return followed(row, suspendOrResume.resume(callers.current(), row));
    }

    private TenantRow operated(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }

    /// To the operation; a page that was out of date shows the tenant as it is.
    private static Response followed(TenantRow tenant, SuspendOrResume.Result result) {
        return Response.seeOther(URI.create(
                        switch (result) {
                            case SuspendOrResume.Result.Accepted(var operation) -> "/operations/" + operation;
                            case SuspendOrResume.Result.UnderWay(var operation) -> "/operations/" + operation;
                            case SuspendOrResume.Result.NotFrom notNow -> "/tenants/" + tenant.slug();
                        }))
                .build();
    }
}
