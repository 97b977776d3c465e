package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.ui.tenancy.SettingsPage;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// What an administrator can change about a tenant.
@Path("/tenants/{tenant}/settings")
@Produces(MediaType.TEXT_HTML)
class SettingsPages {

    private final Callers callers;
    private final TenantAccess access;
    private final Frames frames;

    @Inject
    SettingsPages(Callers callers, TenantAccess access, Frames frames) {
        this.callers = callers;
        this.access = access;
        this.frames = frames;
    }

    @GET
    public TemplateInstance settings(String tenant) {
        var row = access.toAdminister(tenant);
        return new SettingsPage(
                frames.frame("Settings of " + row.name()),
                TenantParts.tabs(row, TenantTab.SETTINGS, true),
                TenantParts.tenant(row, true, true, callers.current().is(Role.OPERATOR)));
    }
}
