package io.autostack.portal;

import io.autostack.portal.AuditEvents.Filter;
import io.autostack.shared.ListRequest.Typed;
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
    @Operation(summary = "The history of changes, newest first unless sort says otherwise; members name their tenant")
    public Response list(
            @Parameter(description = "Words that all occur in who, what, on what by id and name, or trace id")
                    @RestQuery
                    @Nullable
                    String q,
            @Parameter(description = "Id or slug of a tenant") @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String actor,
            @Parameter(description = "As in tenant.activated") @RestQuery @Nullable String action,
            @Parameter(description = "Id of what was changed") @RestQuery @Nullable String object,
            @Parameter(description = "A day, or a moment, from which on") @RestQuery @Nullable String from,
            @Parameter(description = "A day, or a moment, before which") @RestQuery @Nullable String to,
            @Parameter(description = "time, actor or action; with - in front for the other direction")
                    @RestQuery
                    @Nullable
                    String sort,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var found = events.find(
                Typed.byProgram(q, sort, pageSize, pageToken), new Filter(tenant, actor, action, object, from, to));
        return Lists.answer("events", found.page().map(entry -> AuditEvents.Entry.of(entry, found.slugs())), address);
    }
}
