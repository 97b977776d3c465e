package io.autostack.billing;

import io.autostack.identity.Callers;
import io.autostack.metering.Quantity;
import io.autostack.plans.PlanLimit;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The plan catalogue, for programs. It is here and not with the plans, which know nobody who could ask.
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
class PlansApi {

    private final Callers callers;
    private final Plans plans;

    @Inject
    PlansApi(Callers callers, Plans plans) {
        this.callers = callers;
        this.plans = plans;
    }

    /// The plans that can be had.
    @Schema(name = "PlanCatalogue")
    record Answer(List<Plan> plans) {}

    /// The newest version of a plan.
    record Plan(
            String plan,
            int version,
            String name,
            BigDecimal price,
            String currency,
            String interval,
            String features,
            Map<String, Limit> limits) {

        static Plan of(PlanVersion version) {
            var limits = new TreeMap<String, Limit>();
            version.limits().forEach((meter, limit) -> limits.put(meter, Limit.of(limit)));
            return new Plan(
                    version.plan(),
                    version.version(),
                    version.name(),
                    version.price().amount(),
                    version.price().currency().getCurrencyCode(),
                    "month",
                    version.features(),
                    limits);
        }
    }

    /// How far a plan goes on one meter.
    ///
    /// @param kind `hard`, `unlimited` or `custom`
    @Schema(name = "PlanLimit")
    record Limit(String kind, @Nullable BigDecimal most) {

        static Limit of(PlanLimit limit) {
            return switch (limit) {
                case PlanLimit.Hard(var max) -> new Limit("hard", Quantity.stripped(max));
                case PlanLimit.Unlimited() -> new Limit("unlimited", null);
                case PlanLimit.Custom() -> new Limit("custom", null);
            };
        }
    }

    @GET
    @Operation(
            operationId = "plans",
            summary = "The plan catalogue",
            description =
                    "The version of each plan that is on offer, smallest plan first, with its price for a month and"
                            + " its limits by meter: hard (no more than most), unlimited, or custom (agreed with each tenant)."
                            + " A meter without a limit is not limited by the plan.")
    @APIResponseSchema(value = Answer.class, responseCode = "200", responseDescription = "Plans on offer")
    @APIResponse(responseCode = "401", description = "Not signed in")
    public Answer offered() {
        callers.current().mustBeSignedIn();
        return new Answer(plans.offered().stream().map(Plan::of).toList());
    }
}
