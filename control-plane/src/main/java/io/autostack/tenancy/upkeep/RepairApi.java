package io.autostack.tenancy.upkeep;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.ChangeRequest.Change;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantStatus;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Puts back everything that can be put back without losing anything, whether a run has found it or not.
@Path("/api/v1/tenants/{tenant}/repair")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Upkeep")
class RepairApi {

    private final Callers callers;
    private final TenantAccess access;
    private final ChangeRequest request;
    private final TenancyConfig config;

    @Inject
    RepairApi(Callers callers, TenantAccess access, ChangeRequest request, TenancyConfig config) {
        this.callers = callers;
        this.access = access;
        this.request = request;
        this.config = config;
    }

    @POST
    @Operation(summary = "Put a tenant's role, access, size, door, secret and host name back as they should be")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response repair(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        var target = new RepairTenant.Target(
                row.sizing(), row.status() == TenantStatus.ACTIVE, List.of(config.host(row.slug())));
        var change = new Change(
                row.status() == TenantStatus.SUSPENDED ? Set.of(TenantStatus.SUSPENDED) : Set.of(TenantStatus.ACTIVE),
                Set.of(RepairTenant.KIND),
                "tenant.repair-requested",
                Map.of("parts", "all"),
                (subject, id) -> new RepairTenant.Request(subject, id, EnumSet.allOf(RepairTenant.Part.class), target));
        return ChangeAnswers.forProgram(
                row,
                request.ask(callers.current(), row, change),
                "Only an active or a suspended tenant can be repaired");
    }
}
