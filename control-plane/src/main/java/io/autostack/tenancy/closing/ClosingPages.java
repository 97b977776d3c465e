package io.autostack.tenancy.closing;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.shared.Problem;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.ui.tenancy.CertificatePage;
import io.autostack.ui.tenancy.ConfirmPage;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// The end of a tenant, and its return, for people. What cannot be taken back asks for the short name first.
@Path("/tenants/{tenant}")
@Produces(MediaType.TEXT_HTML)
class ClosingPages {

    static final String CLOSE_RULE = "Only an active or a suspended tenant can be closed";
    static final String REOPEN_RULE = "Only a closed tenant can be reopened";
    static final String DELETE_RULE = "Only a closed tenant can be deleted for good. Close it first";

    private final Callers callers;
    private final TenantAccess access;
    private final CloseOrReopen closeOrReopen;
    private final Certificates certificates;
    private final TenancyConfig config;
    private final Frames frames;

    @Inject
    ClosingPages(
            Callers callers,
            TenantAccess access,
            CloseOrReopen closeOrReopen,
            Certificates certificates,
            TenancyConfig config,
            Frames frames) {
        this.callers = callers;
        this.access = access;
        this.closeOrReopen = closeOrReopen;
        this.certificates = certificates;
        this.config = config;
        this.frames = frames;
    }

    @GET
    @Path("close")
    public TemplateInstance askToClose(String tenant) {
        return page(access.toOwn(tenant), ConfirmPage.Act.CLOSE, "", null);
    }

    @POST
    @Path("close")
    public Response close(String tenant, @RestForm @Nullable String confirm) {
        var row = access.toOwn(tenant);
        var typed = typed(confirm);
        var result = closeOrReopen.close(callers.current(), row, typed);
        return result instanceof CloseOrReopen.Result.Unconfirmed
                ? again(row, ConfirmPage.Act.CLOSE, typed)
                : follow(ClosingAnswers.operation(row, result, CLOSE_RULE));
    }

    @POST
    @Path("reopen")
    public Response reopen(String tenant) {
        var row = access.toOwn(tenant);
        return follow(ClosingAnswers.operation(row, closeOrReopen.reopen(callers.current(), row), REOPEN_RULE));
    }

    @GET
    @Path("delete")
    public TemplateInstance askToDelete(String tenant) {
        return page(operated(tenant), ConfirmPage.Act.DELETE, "", null);
    }

    @POST
    @Path("delete")
    public Response delete(String tenant, @RestForm @Nullable String confirm) {
        var row = operated(tenant);
        var typed = typed(confirm);
        var result = closeOrReopen.deleteNow(callers.current(), row, typed);
        return result instanceof CloseOrReopen.Result.Unconfirmed
                ? again(row, ConfirmPage.Act.DELETE, typed)
                : follow(ClosingAnswers.operation(row, result, DELETE_RULE));
    }

    @GET
    @Path("certificate")
    public TemplateInstance certificate(String tenant) {
        var row = access.toSee(tenant);
        var found =
                certificates.of(row.id()).orElseThrow(() -> noCertificate(row).exception());
        return new CertificatePage(
                frames.frame("Certificate of deletion"),
                row.name(),
                found.id.toString(),
                found.issuedAt,
                found.text,
                found.sha256,
                "/api/v1/tenants/" + row.id() + "/certificate");
    }

    static Problem noCertificate(TenantRow tenant) {
        return Problem.notFound(tenant.name() + " was not deleted, so there is no certificate.");
    }

    private TenantRow operated(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }

    private Response again(TenantRow tenant, ConfirmPage.Act act, String typed) {
        return Response.status(422)
                .entity(page(tenant, act, typed, ClosingAnswers.sentence(tenant))
                        .render())
                .build();
    }

    private ConfirmPage page(TenantRow tenant, ConfirmPage.Act act, String typed, @Nullable String error) {
        var mayAdminister = access.roleAt(tenant).orElse(TenantRole.VIEWER).atLeast(TenantRole.ADMIN);
        return new ConfirmPage(
                frames.frame(act.title() + " " + tenant.name()),
                TenantParts.tabs(tenant, TenantTab.SETTINGS, mayAdminister),
                act,
                config.retention().toDays(),
                typed,
                error);
    }

    private static String typed(@Nullable String confirm) {
        return confirm == null ? "" : confirm.strip();
    }

    private static Response follow(UUID operation) {
        return Response.seeOther(URI.create("/operations/" + operation)).build();
    }
}
