package io.autostack.portal;

import io.autostack.portal.AuditEvents.Filter;
import io.autostack.shared.PageRequest;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class AuditApi {

    private final AuditEvents events;

    @Inject
    AuditApi(AuditEvents events) {
        this.events = events;
    }

    @GET
    @Operation(summary = "The history of changes, newest first; members name their tenant")
    public Response list(
            @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String actor,
            @RestQuery @Nullable String object,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var found = events.find(new Filter(tenant, actor, object, from, to), PageRequest.of(pageSize, pageToken));
        return Lists.answer("events", found.page().map(entry -> AuditEvents.Entry.of(entry, found.slugs())), address);
    }
}
