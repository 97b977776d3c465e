package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Problem.FieldError;
import io.autostack.tenancy.capacity.CapacityParts;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.ui.tenancy.OnboardForm;
import io.autostack.ui.tenancy.TenantsPage;
import io.autostack.web.Frames;
import io.autostack.web.Listings;
import io.autostack.web.Listings.Directions;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The list of tenants, and what becomes of the form that onboards one.
@Path("/tenants")
@Produces(MediaType.TEXT_HTML)
class TenantPages {

    private static final Listings LISTINGS = new Listings(
            "/tenants",
            "tenant",
            "tenants",
            "name, slug, id, e-mail",
            Map.of(
                    "name", new Directions("Name, A to Z", "Name, Z to A"),
                    "slug", new Directions("Slug, A to Z", "Slug, Z to A"),
                    "plan", new Directions("Plan, A to Z", "Plan, Z to A"),
                    "status", new Directions("Status, A to Z", "Status, Z to A"),
                    "created", new Directions("Oldest first", "Newest first")));

    private final Callers callers;
    private final TenantList list;
    private final OnboardPages onboard;
    private final SignUp signUp;
    private final CloudDescription cloud;
    private final Frames frames;

    @Inject
    TenantPages(
            Callers callers,
            TenantList list,
            OnboardPages onboard,
            SignUp signUp,
            CloudDescription cloud,
            Frames frames) {
        this.callers = callers;
        this.list = list;
        this.onboard = onboard;
        this.signUp = signUp;
        this.cloud = cloud;
        this.frames = frames;
    }

    @GET
    public Response list(
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String status,
            @RestQuery @Nullable String plan,
            @RestQuery @Nullable String sort,
            @RestQuery("page_token") @Nullable String pageToken) {
        var caller = callers.current().mustBe(Role.OPERATOR, Role.FINANCE);
        var typed = Typed.intoForm(q, sort, pageToken);
        var filters = filters(status, plan);
        return Listings.answer(
                () -> {
                    var found = list.find(caller, typed, new TenantList.Filter(status, plan));
                    return page(
                            LISTINGS.of(typed, TenantList.COLUMNS, filters, found.page(), found.hits()),
                            found.page().items());
                },
                refused -> page(LISTINGS.of(typed, TenantList.COLUMNS, filters, refused), List.of()));
    }

    private String page(Listing listing, List<TenantRow> tenants) {
        return new TenantsPage(
                        frames.frame("Tenants"),
                        listing,
                        tenants.stream().map(TenantParts::row).toList(),
                        cloud.onboarding().duration())
                .render();
    }

    private List<Filter> filters(@Nullable String status, @Nullable String plan) {
        return List.of(
                Filter.choice(
                        "status",
                        "Status",
                        status == null ? "" : status,
                        TenantList.STATUSES.stream()
                                .map(word -> new Filter.Option(word, word))
                                .toList()),
                Filter.choice(
                        "plan",
                        "Plan",
                        plan == null ? "" : plan,
                        list.offered().stream()
                                .map(offered -> new Filter.Option(offered.plan(), offered.name()))
                                .toList()));
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
