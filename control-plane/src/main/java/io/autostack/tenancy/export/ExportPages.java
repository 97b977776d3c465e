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
    private final ExportAnswers answers;

    @Inject
    ExportPages(Callers callers, TenantAccess access, ExportTenant exportTenant, ExportAnswers answers) {
        this.callers = callers;
        this.access = access;
        this.exportTenant = exportTenant;
        this.answers = answers;
    }

    @GET
    public Response export(String tenant) {
        var row = access.toAdminister(tenant);
        return answers.of(row, exportTenant.export(callers.current(), row));
    }
}
