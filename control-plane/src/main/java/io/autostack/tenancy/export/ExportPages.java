package io.autostack.tenancy.export;

import io.autostack.identity.Callers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// The download behind the button on a tenant's settings.
@Path("/tenants/{tenant}/export")
class ExportPages {

    private final Callers callers;
    private final TenantAccess access;
    private final ExportTenant exportTenant;

    @Inject
    ExportPages(Callers callers, TenantAccess access, ExportTenant exportTenant) {
        this.callers = callers;
        this.access = access;
        this.exportTenant = exportTenant;
    }

    @GET
    public Response export(String tenant) {
        var row = access.toAdminister(tenant);
        return ExportAnswers.of(row, exportTenant.export(callers.current(), row));
    }
}
