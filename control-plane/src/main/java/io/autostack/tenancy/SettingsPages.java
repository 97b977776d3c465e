package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.ui.tenancy.Ending;
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
    private final TenancyConfig config;
    private final Frames frames;

    @Inject
    SettingsPages(Callers callers, TenantAccess access, TenancyConfig config, Frames frames) {
        this.callers = callers;
        this.access = access;
        this.config = config;
        this.frames = frames;
    }

    @GET
    public TemplateInstance settings(String tenant) {
        var row = access.toAdminister(tenant);
        var serves = row.status() == TenantStatus.ACTIVE || row.status() == TenantStatus.SUSPENDED;
        var owns = access.roleAt(row).orElse(TenantRole.VIEWER).atLeast(TenantRole.OWNER);
        return new SettingsPage(
                frames.frame("Settings of " + row.name()),
                TenantParts.tabs(row, TenantTab.SETTINGS, true),
                TenantParts.tenant(row, true, true, callers.current().is(Role.OPERATOR)),
                new Ending(serves, serves && owns, config.retention().toDays()));
    }
}
