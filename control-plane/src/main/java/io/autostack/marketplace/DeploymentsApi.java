package io.autostack.marketplace;

import io.autostack.identity.Callers;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantAccess;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Deployments")
class DeploymentsApi {

    private final Callers callers;
    private final TenantAccess access;
    private final PlanDeployment planDeployment;
    private final ApproveDeployment approveDeployment;
    private final Deployments deployments;
    private final PlanView view;

    @Inject
    DeploymentsApi(
            Callers callers,
            TenantAccess access,
            PlanDeployment planDeployment,
            ApproveDeployment approveDeployment,
            Deployments deployments,
            PlanView view) {
        this.callers = callers;
        this.access = access;
        this.planDeployment = planDeployment;
        this.approveDeployment = approveDeployment;
        this.deployments = deployments;
        this.view = view;
    }

    /// What a client sends for a plan; values of parameters are texts, numbers or booleans.
    record PlanWanted(
            @Nullable String template,
            @Nullable String version,
            @Nullable String name,
            @Nullable Map<String, Object> parameters) {}

    /// What a client sends to approve a plan.
    record Approval(@Nullable UUID plan) {}

    @POST
    @Path("deployment-plans")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "What a deployment would build, what it costs and which limits it uses")
    @APIResponse(responseCode = "201", description = "The plan; approve it before expiresAt")
    public Response plan(String tenant, @Nullable PlanWanted wanted) {
        var row = access.toWorkIn(tenant);
        if (wanted == null)
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "Send a JSON object with template, name and parameters.")
                    .exception();
        var answers = answers(wanted.parameters());
        var result = planDeployment.plan(
                callers.current(), row, wanted.template(), wanted.version(), wanted.name(), answers);
        return switch (result) {
            case PlanDeployment.Result.Planned(var plan) ->
                Response.created(URI.create("/api/v1/tenants/" + row.slug() + "/deployment-plans/" + plan.id()))
                        .entity(view.of(plan, row))
                        .build();
            case PlanDeployment.Result.Invalid(var errors) ->
                throw Problem.fields(errors).exception();
            case PlanDeployment.Result.TenantNotActive(var status) -> throw notActive(status.word());
            case PlanDeployment.Result.PluginFailed(var reason) ->
                throw Problem.of(ProblemType.PLUGIN_FAILED, reason).exception();
            case PlanDeployment.Result.PluginBarred(var reason) ->
                throw Problem.of(ProblemType.PLUGIN_BARRED, reason).exception();
            case PlanDeployment.Result.Busy(var forThisTenant) -> throw busy(forThisTenant);
        };
    }

    private static Map<String, String> answers(@Nullable Map<String, Object> parameters) {
        var answers = new TreeMap<String, String>();
        var errors = new ArrayList<Problem.FieldError>();
        if (parameters != null)
            parameters.forEach((name, value) -> {
                if (value instanceof Map || value instanceof Collection)
                    errors.add(new Problem.FieldError("parameters." + name, "must be a text, a number or a boolean"));
                else answers.put(name, value == null ? "" : value.toString());
            });
        if (!errors.isEmpty()) throw Problem.fields(errors).exception();
        return answers;
    }

    @GET
    @Path("deployment-plans/{plan}")
    @Operation(summary = "A deployment plan, with prices and limits as they are now")
    public PlanView.View plan(String tenant, UUID plan) {
        var row = access.toSee(tenant);
        return deployments.findPlan(plan).map(found -> view.of(found, row)).orElseThrow(DeploymentsApi::noPlan);
    }

    @POST
    @Path("deployments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Approve a plan: deploy it")
    @APIResponse(responseCode = "202", description = "The deployment is on its way; follow its operation")
    public Response approve(String tenant, @Nullable Approval approval) {
        var row = access.toWorkIn(tenant);
        if (approval == null || approval.plan() == null)
            throw Problem.field("plan", "is needed: the id of a deployment plan")
                    .exception();
        var deployment = accepted(approveDeployment.approve(callers.current(), row, approval.plan()));
        return Response.accepted(deployment)
                .location(URI.create("/api/v1/tenants/" + row.slug() + "/deployments/" + deployment.id()))
                .build();
    }

    @GET
    @Path("deployments")
    @Operation(summary = "What the tenant deployed, newest first")
    public Response list(
            String tenant,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var row = access.toSee(tenant);
        return Lists.answer("deployments", deployments.page(row.id(), PageRequest.of(pageSize, pageToken)), address);
    }

    @GET
    @Path("deployments/{deployment}")
    @Operation(summary = "One deployment")
    public Deployment get(String tenant, UUID deployment) {
        access.toSee(tenant);
        return deployments
                .find(deployment)
                .orElseThrow(() ->
                        Problem.notFound("This tenant has no such deployment.").exception());
    }

    /// The deployment, or the problem that stands in its way.
    static Deployment accepted(ApproveDeployment.Result result) {
        return switch (result) {
            case ApproveDeployment.Result.Accepted(var deployment) -> deployment;
            case ApproveDeployment.Result.NoSuchPlan() -> throw noPlan();
            case ApproveDeployment.Result.Expired() ->
                throw Problem.of(ProblemType.PLAN_EXPIRED, "Make a new plan: prices and limits may have changed.")
                        .exception();
            case ApproveDeployment.Result.TenantNotActive(var status) -> throw notActive(status.word());
            case ApproveDeployment.Result.NameTaken(var app) ->
                throw Problem.of(
                                ProblemType.CONFLICT,
                                "There is an app called “" + app + "” by now. Make a new plan under another name.")
                        .exception();
            case ApproveDeployment.Result.LimitReached(var decision) ->
                throw decision.problem().exception();
        };
    }

    static ProblemException notActive(String status) {
        return Problem.of(ProblemType.CONFLICT, "Only an active tenant can deploy; this one is " + status + ".")
                .exception();
    }

    static ProblemException busy(boolean forThisTenant) {
        return (forThisTenant
                        ? Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                "Several plans of this tenant are being made already. Wait for them, and ask again.")
                        : Problem.of(
                                ProblemType.UNAVAILABLE,
                                "Many plans are being made right now. Nothing was half-done; ask again in a moment."))
                .exception();
    }

    private static ProblemException noPlan() {
        return Problem.notFound("This tenant has no such deployment plan.").exception();
    }
}
