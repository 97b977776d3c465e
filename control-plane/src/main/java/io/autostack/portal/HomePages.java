package io.autostack.portal;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Memberships;
import io.autostack.identity.Role;
import io.autostack.operations.OperationParts;
import io.autostack.plans.Plans;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Problem;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import io.autostack.ui.billing.PlansPage;
import io.autostack.ui.gallery.Gallery;
import io.autostack.ui.home.Count;
import io.autostack.ui.home.NothingYetPage;
import io.autostack.ui.home.OperatorHomePage;
import io.autostack.ui.home.TenantHomePage;
import io.autostack.ui.home.WelcomePage;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Where everybody begins.
@Path("/")
@Produces(MediaType.TEXT_HTML)
class HomePages {

    private final Callers callers;
    private final Tenants tenants;
    private final Memberships memberships;
    private final Operations operations;
    private final Plans plans;
    private final BillingPages billing;
    private final Scopes scopes;
    private final Frames frames;

    @Inject
    HomePages(
            Callers callers,
            Tenants tenants,
            Memberships memberships,
            Operations operations,
            Plans plans,
            BillingPages billing,
            Scopes scopes,
            Frames frames) {
        this.callers = callers;
        this.tenants = tenants;
        this.memberships = memberships;
        this.operations = operations;
        this.plans = plans;
        this.billing = billing;
        this.scopes = scopes;
        this.frames = frames;
    }

    @GET
    public TemplateInstance home() {
        var caller = callers.current();
        if (!caller.signedIn()) return new WelcomePage(frames.frame("Welcome"));
        if (caller.is(Role.OPERATOR)) return scopes.inPlatform(this::operatorHome);
        if (caller.is(Role.FINANCE)) return billing.home();
        var own = scopes.inPlatform(() -> tenants.all(memberships.tenantsOf(caller)));
        return own.isEmpty()
                ? new NothingYetPage(frames.frame("Home"))
                : new TenantHomePage(
                        frames.frame("Your tenants"),
                        own.stream().map(TenantParts::row).toList());
    }

    /// Signing in is what happens before this answers.
    @GET
    @Path("sign-in")
    public Response signedIn() {
        return Response.seeOther(URI.create("/")).build();
    }

    @GET
    @Path("plans")
    public TemplateInstance plans() {
        return new PlansPage(
                frames.frame("Plans"),
                plans.offered().stream().map(TenantParts::offer).toList(),
                currentPlan(callers.current()),
                null);
    }

    @GET
    @Path("gallery")
    public TemplateInstance gallery() {
        return Gallery.overview();
    }

    @GET
    @Path("gallery/{name}")
    public TemplateInstance gallery(String name) {
        return Gallery.page(name)
                .orElseThrow(
                        () -> Problem.notFound("The gallery has no such page.").exception());
    }

    private TemplateInstance operatorHome() {
        var counted = tenants.countByStatus();
        var counts = new ArrayList<Count>();
        for (var status : new TenantStatus[] {TenantStatus.ACTIVE, TenantStatus.PROVISIONING, TenantStatus.FAILED})
            counts.add(new Count(
                    "tenants " + status.word(),
                    BigDecimal.valueOf(counted.getOrDefault(status, 0L)),
                    "/tenants?status=" + status.word()));
        return new OperatorHomePage(
                frames.frame("Home"),
                counts,
                operations.latest(10).stream().map(OperationParts::row).toList());
    }

    private @Nullable String currentPlan(Caller caller) {
        var own = scopes.inPlatform(() -> tenants.all(memberships.tenantsOf(caller)));
        return own.size() == 1 ? own.getFirst().plan().plan() : null;
    }
}
