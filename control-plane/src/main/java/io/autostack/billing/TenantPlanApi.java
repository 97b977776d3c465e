package io.autostack.billing;

import io.autostack.identity.Callers;
import io.autostack.metering.limits.LimitDecision;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}/plan")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
class TenantPlanApi {

    private final Callers callers;
    private final TenantAccess access;
    private final MoveToPlan moveToPlan;

    @Inject
    TenantPlanApi(Callers callers, TenantAccess access, MoveToPlan moveToPlan) {
        this.callers = callers;
        this.access = access;
        this.moveToPlan = moveToPlan;
    }

    /// Which plan a client wants.
    record Request(@Nullable String plan) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Move a tenant to another plan, if what it uses fits there")
    @APIResponse(responseCode = "202", description = "Follow the operation; the plan changes when it is done")
    public Response move(String tenant, @Nullable Request wanted) {
        var row = access.toAdminister(tenant);
        var plan = wanted == null || wanted.plan() == null
                ? ""
                : wanted.plan().strip().toLowerCase(Locale.ROOT);
        return switch (moveToPlan.move(callers.current(), row, plan)) {
            case MoveToPlan.Result.Accepted(var operation) -> ChangeAnswers.accepted(operation);
            case MoveToPlan.Result.NoSuchPlan none ->
                throw Problem.fields(
                                List.of(new FieldError("plan", "is not on offer; GET /api/v1/plans lists what is")))
                        .exception();
            case MoveToPlan.Result.AlreadyThere there ->
                throw conflict(row.name() + " is on this plan already.").exception();
            case MoveToPlan.Result.NotNow(var status) ->
                throw conflict("Only an active tenant can change its plan; this one is " + status.word() + ".")
                        .exception();
            case MoveToPlan.Result.UnderWay(var operation) ->
                throw conflict("Another change of plan is under way; follow that one.")
                        .with("operation", operation.toString())
                        .exception();
            case MoveToPlan.Result.TooMuchInUse(var tooMuch) ->
                throw tooMuch(tooMuch).exception();
        };
    }

    /// The sentence says what to reduce, the members say by how much.
    private static Problem tooMuch(List<LimitDecision.Refused> tooMuch) {
        return Problem.of(
                        ProblemType.LIMIT_REACHED,
                        tooMuch.stream().map(LimitDecision.Refused::reason).collect(Collectors.joining(" ")))
                .with(
                        "reduce",
                        tooMuch.stream()
                                .map(refused -> Map.of(
                                        "meter", refused.meter().name(),
                                        "used", refused.used(),
                                        "limit", refused.limit(),
                                        "by", refused.used().subtract(refused.limit())))
                                .toList());
    }

    private static Problem conflict(String detail) {
        return Problem.of(ProblemType.CONFLICT, detail);
    }
}
