package io.autostack.tenancy.capacity;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.plans.Plans;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// How much room there is, for operators.
@Path("/api/v1/capacity")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Upkeep")
class CapacityApi {

    private final Callers callers;
    private final Preflight preflight;
    private final Plans plans;
    private final Scopes scopes;

    @Inject
    CapacityApi(Callers callers, Preflight preflight, Plans plans, Scopes scopes) {
        this.callers = callers;
        this.preflight = preflight;
        this.plans = plans;
        this.scopes = scopes;
    }

    /// @param fits whether one more tenant on the smallest plan can be onboarded
    /// @param onAws planning numbers: the defaults of a new AWS account
    record Answer(boolean fits, List<Capacity.Room> rooms, List<OnAws> onAws) {}

    /// A default of AWS and how far it goes.
    record OnAws(
            String service,
            String title,
            String scope,
            long limit,
            long perTenant,
            boolean adjustable,
            String source,
            long tenantsAtMost) {}

    @GET
    @Operation(summary = "What limits the number of tenants here, and what would on a new AWS account")
    public Answer capacity() {
        if (callers.current().mustBe(Role.OPERATOR).tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant; this is about all of them.")
                    .exception();
        var smallest = plans.offered().getFirst();
        var numbers = preflight.ask();
        var capacity = scopes.inPlatform(() -> preflight.forOneMore(numbers, smallest));
        return new Answer(
                capacity.fits(),
                capacity.rooms(),
                AwsQuota.all().stream()
                        .map(quota -> new OnAws(
                                quota.service(),
                                quota.title(),
                                quota.scope(),
                                quota.most(),
                                quota.perTenant(),
                                quota.adjustable(),
                                quota.source(),
                                quota.tenantsAtMost()))
                        .toList());
    }
}
