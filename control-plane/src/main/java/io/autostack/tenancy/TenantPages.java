package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.plans.Plans;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scopes;
import io.autostack.ui.tenancy.OnboardForm;
import io.autostack.ui.tenancy.OnboardPage;
import io.autostack.ui.tenancy.TenantsPage;
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
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The list of tenants, and the form that onboards one.
@Path("/tenants")
@Produces(MediaType.TEXT_HTML)
class TenantPages {

    private final Callers callers;
    private final Tenants tenants;
    private final Plans plans;
    private final SignUp signUp;
    private final SuspendOrResume suspendOrResume;
    private final TenantAccess access;
    private final Scopes scopes;
    private final TenancyConfig config;
    private final Frames frames;

    @Inject
    TenantPages(
            Callers callers,
            Tenants tenants,
            Plans plans,
            SignUp signUp,
            SuspendOrResume suspendOrResume,
            TenantAccess access,
            Scopes scopes,
            TenancyConfig config,
            Frames frames) {
        this.callers = callers;
        this.tenants = tenants;
        this.plans = plans;
        this.signUp = signUp;
        this.suspendOrResume = suspendOrResume;
        this.access = access;
        this.scopes = scopes;
        this.config = config;
        this.frames = frames;
    }

    @GET
    public TemplateInstance list(@RestQuery("page_token") @Nullable String pageToken) {
        callers.current().mustBe(Role.OPERATOR, Role.FINANCE);
        var page = scopes.inPlatform(() -> tenants.page(PageRequest.of(null, pageToken)));
        return new TenantsPage(
                frames.frame("Tenants"),
                page.items().stream().map(TenantParts::row).toList(),
                page.nextToken() == null ? null : "/tenants?page_token=" + page.nextToken());
    }

    @GET
    @Path("new")
    public TemplateInstance form() {
        mustBeOperator();
        return page(OnboardForm.blank(plans.offered().getFirst().plan()));
    }

    @POST
    public Response submit(
            @RestForm @Nullable String name,
            @RestForm @Nullable String slug,
            @RestForm @Nullable String plan,
            @RestForm @Nullable String adminEmail) {
        var form = SignUpForm.of(name, slug, plan, adminEmail);
        return switch (signUp.signUp(mustBeOperator(), form)) {
            case SignUp.Result.Accepted(var tenant, var operation) ->
                Response.seeOther(URI.create("/operations/" + operation)).build();
            case SignUp.Result.Refused(var errors) ->
                Response.status(422).entity(page(filled(form, errors)).render()).build();
        };
    }

    @POST
    @Path("{tenant}/suspend")
    public Response suspend(String tenant) {
        var caller = mustBeOperator();
        var row = access.toAdminister(tenant);
        return followed(row, suspendOrResume.suspend(caller, row));
    }

    @POST
    @Path("{tenant}/resume")
    public Response resume(String tenant) {
        var caller = mustBeOperator();
        var row = access.toAdminister(tenant);
        return followed(row, suspendOrResume.resume(caller, row));
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

    private Caller mustBeOperator() {
        return callers.current().mustBe(Role.OPERATOR);
    }

    private static OnboardForm filled(SignUpForm form, List<FieldError> errors) {
        return new OnboardForm(
                form.name(),
                form.slug(),
                form.plan(),
                form.adminEmail(),
                errors.stream()
                        .map(error -> new io.autostack.ui.parts.FieldError(error.field(), error.message()))
                        .toList());
    }

    private OnboardPage page(OnboardForm form) {
        return new OnboardPage(
                frames.frame("Onboard a tenant"),
                form,
                plans.offered().stream().map(TenantParts::offer).toList(),
                new OnboardPage.SlugRule(
                        Slugs.PATTERN,
                        Slugs.SHORTEST,
                        Slugs.LONGEST_TENANT,
                        "Small letters, digits and single hyphens, " + Slugs.SHORTEST + " to " + Slugs.LONGEST_TENANT
                                + " characters, beginning with a letter. It cannot be changed later.",
                        config.url("your-slug")));
    }
}
