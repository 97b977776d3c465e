package io.autostack.metering;

import io.autostack.tenancy.TenantAccess;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a tenant has used, for programs.
@Path("/api/v1/tenants/{tenant}/usage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
class UsageApi {

    private final TenantAccess access;
    private final Usage usage;
    private final InstantSource clock;

    @Inject
    UsageApi(TenantAccess access, Usage usage, InstantSource clock) {
        this.access = access;
        this.usage = usage;
        this.clock = clock;
    }

    /// Usage of one month.
    @Schema(name = "TenantUsage")
    record Answer(String tenant, String plan, int planVersion, String period, List<MeterUsage> meters) {}

    @GET
    @Operation(
            operationId = "tenantUsage",
            summary = "What a tenant has used in a month",
            description =
                    "Per meter: used, included in the plan's price (null: all of it), limit and remaining (null: no"
                            + " limit), and projected (what the month comes to if it goes on like this; null where nothing can"
                            + " be said). Apps and users are counted now and appear for the current month only. Months are UTC;"
                            + " one that is over is measured against the plan on which the tenant was at its end.")
    @APIResponseSchema(value = Answer.class, responseCode = "200", responseDescription = "Usage per meter")
    @APIResponse(responseCode = "404", description = "No such tenant, or not yours")
    @APIResponse(responseCode = "422", description = "Not a month, or one that has not begun")
    public Answer of(
            @PathParam("tenant") String tenant,
            @Parameter(description = "yyyy-MM; the current month when left out", example = "2026-11")
                    @QueryParam("period")
                    @Nullable
                    String period) {
        var seen = access.toSee(tenant);
        var month = Period.of(period, clock.instant());
        var used = usage.of(seen, month);
        return new Answer(seen.slug(), used.plan().plan(), used.plan().version(), month.toString(), used.meters());
    }
}
