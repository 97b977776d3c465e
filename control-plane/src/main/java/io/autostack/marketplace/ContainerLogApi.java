package io.autostack.marketplace;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}/deployments/{deployment}/containers/{container}/log")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Deployments")
class ContainerLogApi {

    private final ContainerLogs logs;

    @Inject
    ContainerLogApi(ContainerLogs logs) {
        this.logs = logs;
    }

    /// @param lines oldest first, each begins with its moment in UTC
    record Lines(String container, List<String> lines) {}

    @GET
    @Operation(summary = "The last lines that a container wrote, each with its moment")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "Nothing runs: simulated, not started yet, or removed")
    @APIResponse(responseCode = "503", description = "What runs the containers does not answer now")
    public Lines read(
            String tenant,
            UUID deployment,
            String container,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    @RestQuery
                    @Nullable
                    String lines) {
        var text = logs.read(tenant, deployment, container, lines).text();
        return new Lines(container, text.lines().toList());
    }
}
