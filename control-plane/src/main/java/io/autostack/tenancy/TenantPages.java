package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.capacity.CapacityParts;
import io.autostack.ui.tenancy.OnboardForm;
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

/// The list of tenants, and what becomes of the form that onboards one.
@Path("/tenants")
@Produces(MediaType.TEXT_HTML)
class TenantPages {

    private final Callers callers;
    private final Tenants tenants;
    private final OnboardPages onboard;
    private final SignUp signUp;
    private final Scopes scopes;
    private final Frames frames;

    @Inject
    TenantPages(Callers callers, Tenants tenants, OnboardPages onboard, SignUp signUp, Scopes scopes, Frames frames) {
        this.callers = callers;
        this.tenants = tenants;
        this.onboard = onboard;
        this.signUp = signUp;
        this.scopes = scopes;
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

    @POST
    public Response submit(
            @RestForm @Nullable String name,
            @RestForm @Nullable String slug,
            @RestForm @Nullable String plan,
            @RestForm @Nullable String environment,
            @RestForm @Nullable String database,
            @RestForm @Nullable String adminEmail) {
        var form = SignUpForm.of(name, slug, plan, environment, database, adminEmail);
        return switch (signUp.signUp(mustBeOperator(), form)) {
            case SignUp.Result.Accepted(var tenant, var operation) ->
                Response.seeOther(URI.create("/operations/" + operation)).build();
            case SignUp.Result.Refused(var errors) ->
                Response.status(422)
                        .entity(onboard.page(filled(form, errors)).render())
                        .build();
            case SignUp.Result.NoRoom(var capacity) ->
                Response.status(409)
                        .entity(onboard.page(filled(form, List.of()), CapacityParts.rows(capacity), capacity.shortage())
                                .render())
                        .build();
        };
    }

    private Caller mustBeOperator() {
        return callers.current().mustBe(Role.OPERATOR);
    }

    private static OnboardForm filled(SignUpForm form, List<FieldError> errors) {
        return new OnboardForm(
                form.name(),
                form.slug(),
                form.plan(),
                form.environment(),
                form.database(),
                form.adminEmail(),
                errors.stream()
                        .map(error -> new io.autostack.ui.parts.FieldError(error.field(), error.message()))
                        .toList());
    }
}
