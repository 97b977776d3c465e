package io.autostack.billing;

import io.autostack.identity.Callers;
import io.autostack.metering.limits.LimitDecision;
import io.autostack.plans.Plans;
import io.autostack.shared.PageRequest;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.ui.billing.PlansPage;
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
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// The plans, each with a button that moves the tenant there.
@Path("/tenants/{tenant}/plan")
@Produces(MediaType.TEXT_HTML)
class TenantPlanPages {

    private static final int SHOWN = 50;

    private final Callers callers;
    private final TenantAccess access;
    private final Plans plans;
    private final MoveToPlan moveToPlan;
    private final PlanChanges changes;
    private final Frames frames;

    @Inject
    TenantPlanPages(
            Callers callers,
            TenantAccess access,
            Plans plans,
            MoveToPlan moveToPlan,
            PlanChanges changes,
            Frames frames) {
        this.callers = callers;
        this.access = access;
        this.plans = plans;
        this.moveToPlan = moveToPlan;
        this.changes = changes;
        this.frames = frames;
    }

    @GET
    public TemplateInstance choose(String tenant) {
        return page(access.toAdminister(tenant), null);
    }

    @POST
    public Response move(String tenant, @RestForm @Nullable String plan) {
        var row = access.toAdminister(tenant);
        return switch (moveToPlan.move(callers.current(), row, plan == null ? "" : plan)) {
            case MoveToPlan.Result.Accepted(var operation) -> to("/operations/" + operation);
            case MoveToPlan.Result.UnderWay(var operation) -> to("/operations/" + operation);
            case MoveToPlan.Result.AlreadyThere there -> to("/tenants/" + row.slug());
            case MoveToPlan.Result.NoSuchPlan none -> refused(row, 422, "There is no such plan on offer.");
            case MoveToPlan.Result.NotNow(var status) ->
                refused(row, 409, "Only an active tenant can change its plan; this one is " + status.word() + ".");
            case MoveToPlan.Result.TooMuchInUse(var tooMuch) ->
                refused(
                        row,
                        409,
                        tooMuch.stream().map(LimitDecision.Refused::reason).collect(Collectors.joining(" ")));
        };
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    private Response refused(TenantRow tenant, int status, String refusal) {
        return Response.status(status).entity(page(tenant, refusal).render()).build();
    }

    private PlansPage page(TenantRow tenant, @Nullable String refusal) {
        return new PlansPage(
                frames.frame("Change the plan of " + tenant.name()),
                plans.offered().stream().map(TenantParts::offer).toList(),
                tenant.plan().plan(),
                new PlansPage.Move(tenant.name(), tenant.slug(), refusal, latest(tenant)));
    }

    private List<PlansPage.Change> latest(TenantRow tenant) {
        return changes.page(tenant.id(), new PageRequest(SHOWN, null)).items().stream()
                .map(this::shown)
                .toList();
    }

    private PlansPage.Change shown(PlanChange change) {
        var proration = change.proration();
        return new PlansPage.Change(
                proration.moment(),
                change.operation().toString(),
                name(change.from()),
                name(change.to()),
                proration.period().month(),
                proration.percentLeft(),
                TenantParts.amount(proration.credit()),
                TenantParts.amount(proration.charge()));
    }

    private String name(PlanChange.Side side) {
        return plans.get(side.plan(), side.version()).name();
    }
}
