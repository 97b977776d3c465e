package io.autostack.metering.limits;

import io.autostack.metering.Meters;
import io.autostack.metering.Quantity;
import io.autostack.shared.Problem;
import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Limit checks for programs that want to know before they try.
@Path("/api/v1/tenants/{tenant}/limits/check")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
class LimitsApi {

    private final TenantAccess access;
    private final Meters meters;
    private final Limits limits;

    @Inject
    LimitsApi(TenantAccess access, Meters meters, Limits limits) {
        this.access = access;
        this.meters = meters;
        this.limits = limits;
    }

    /// What is asked for.
    @Schema(name = "LimitQuestion")
    record Question(@Nullable String meter, @Nullable BigDecimal quantity) {}

    /// Whether it fits.
    @Schema(name = "LimitAnswer")
    record Answer(
            boolean allowed,
            BigDecimal used,
            @Nullable BigDecimal limit,
            @Nullable BigDecimal remaining,
            @Nullable String reason) {}

    @POST
    @Operation(
            operationId = "checkLimit",
            summary = "Whether the plan allows that much more",
            description =
                    "Answers for now and reserves nothing. limit and remaining are null when the plan sets no limit;"
                            + " reason is null when it is allowed, and otherwise names the limit, the use and the plan that would"
                            + " allow it.")
    @APIResponseSchema(value = Answer.class, responseCode = "200", responseDescription = "The decision")
    @APIResponse(responseCode = "404", description = "No such tenant, or not yours")
    @APIResponse(responseCode = "422", description = "No such meter, or not a quantity")
    public Answer check(@PathParam("tenant") String tenant, @Nullable Question question) {
        var seen = access.toWorkIn(tenant);
        var asked = checked(question == null ? new Question(null, null) : question);
        return switch (limits.check(seen, asked.meter(), asked.quantity())) {
            case LimitDecision.Allowed allowed ->
                new Answer(true, allowed.used(), allowed.limit(), allowed.remaining(), null);
            case LimitDecision.Refused refused ->
                new Answer(false, refused.used(), refused.limit(), refused.remaining(), refused.reason());
        };
    }

    private record Checked(String meter, BigDecimal quantity) {}

    private Checked checked(Question question) {
        var errors = new ArrayList<Problem.FieldError>();
        var meter = question.meter();
        if (meter == null || meters.find(meter).isEmpty())
            errors.add(new Problem.FieldError(
                    "meter",
                    "must be one of " + String.join(", ", meters.byName().keySet())));
        var quantity = Optional.ofNullable(question.quantity()).flatMap(Quantity::read);
        if (quantity.isEmpty())
            errors.add(
                    new Problem.FieldError("quantity", question.quantity() == null ? "must be given" : Quantity.RULE));
        if (meter == null || !errors.isEmpty()) throw Problem.fields(errors).exception();
        return new Checked(meter, quantity.orElseThrow());
    }
}
