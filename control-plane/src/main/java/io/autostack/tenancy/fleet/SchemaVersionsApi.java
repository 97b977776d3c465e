package io.autostack.tenancy.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/schema-versions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Fleet")
class SchemaVersionsApi {

    private final Fleet fleet;

    @Inject
    SchemaVersionsApi(Fleet fleet) {
        this.fleet = fleet;
    }

    /// The schemas of all tenants; `unread` of them have to be looked at again.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Answer(
            String first,
            String problem,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Version> versions,
            int unread,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Drift> drift) {}

    /// A version, how many tenants have it, and with which fingerprints; the usual one is the first.
    record Version(
            String version, String description, boolean known, int tenants, List<SchemaGroups.Print> fingerprints) {}

    /// A tenant whose schema is not what others of the same version have.
    record Drift(String tenant, String version, String fingerprint, String usual) {}

    @GET
    @Operation(summary = "The versions of the tenants' schema, who is on which, and where somebody drifted")
    public Answer versions() {
        fleet.operator();
        var schemas = fleet.schemas();
        return new Answer(
                schemas.first(),
                schemas.problem(),
                schemas.versions().stream()
                        .map(version -> new Version(
                                version.number(),
                                version.description(),
                                version.known(),
                                version.tenants(),
                                version.prints()))
                        .toList(),
                schemas.unread(),
                schemas.drifting().stream()
                        .map(drifting -> new Drift(
                                drifting.tenant().slug(), drifting.version(), drifting.fingerprint(), drifting.usual()))
                        .toList());
    }

    @POST
    @Path("refresh")
    @Operation(summary = "Look at the schema of every tenant's database again")
    @APIResponse(responseCode = "202", description = "It is done when nothing is unread any more")
    public Response refresh() {
        fleet.operator();
        fleet.refresh();
        return Response.accepted(Map.of("follow", "/api/v1/schema-versions")).build();
    }
}
