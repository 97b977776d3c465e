package io.autostack.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.operations.OperationFeed.Message;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantAccess;
import io.autostack.web.Lists;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/operations")
@Tag(name = "Operations")
class OperationsApi {

    private final OperationList list;
    private final OperationFeed feed;
    private final OperationRecovery recovery;
    private final TenantAccess access;
    private final Callers callers;
    private final LedgerCost cost;
    private final CloudDescription cloud;

    @Inject
    OperationsApi(
            OperationList list,
            OperationFeed feed,
            OperationRecovery recovery,
            TenantAccess access,
            Callers callers,
            LedgerCost cost,
            CloudDescription cloud) {
        this.list = list;
        this.feed = feed;
        this.recovery = recovery;
        this.access = access;
        this.callers = callers;
        this.cost = cost;
        this.cloud = cloud;
    }

    /// An operation in a list; its steps are at its own address.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            UUID id,
            String kind,
            String title,
            UUID tenant,
            @Nullable String tenantSlug,
            String state,
            boolean simulated,
            @Nullable String message,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        static Listed of(ListedOperation operation, Map<UUID, String> slugs) {
            return new Listed(
                    operation.id(),
                    operation.kind(),
                    operation.title(),
                    operation.tenant(),
                    slugs.get(operation.tenant()),
                    operation.state(),
                    operation.simulated(),
                    operation.message(),
                    operation.createdAt(),
                    operation.startedAt(),
                    operation.finishedAt());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Operations, newest first unless sort says otherwise; members name their tenant")
    public Response list(
            @Parameter(description = "Words that all occur in title, kind, id or message") @RestQuery @Nullable
                    String q,
            @Parameter(description = "Id or slug of a tenant") @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String kind,
            @Parameter(description = "waiting, running, done or failed") @RestQuery @Nullable String state,
            @Parameter(description = "created, kind, state or took; with - in front for the other direction")
                    @RestQuery
                    @Nullable
                    String sort,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var found =
                list.find(Typed.byProgram(q, sort, pageSize, pageToken), new OperationList.Filter(tenant, kind, state));
        return Lists.answer("operations", found.page().map(operation -> Listed.of(operation, found.slugs())), address);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON + ";qs=1")
    @Operation(summary = "An operation with its steps; ask for text/event-stream to follow it")
    public OperationJson get(String id) {
        return json(feed.get(id));
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Let a failed operation go on at the step that failed")
    public Response retry(String id) {
        var operation = feed.get(id);
        recovery.admit(callers.current(), operation);
        if (!recovery.retry(callers.current(), operation))
            throw Problem.of(ProblemType.CONFLICT, OperationRecovery.refusal(operation, "retried"))
                    .exception();
        return accepted(id);
    }

    /// Why a step is left out.
    record Skipping(@Nullable String reason) {}

    @POST
    @Path("{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Let a failed operation go on without the step that failed, if it can do without")
    public Response skip(String id, @Nullable Skipping skipping) {
        var operation = feed.get(id);
        access.toAdminister(operation.tenant().toString());
        callers.current().mustBe(Role.OPERATOR);
        var reason = skipping == null || skipping.reason() == null
                ? ""
                : skipping.reason().strip();
        OperationRecovery.checkReason(reason);
        if (!recovery.skip(callers.current(), operation, reason))
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "Only a failed operation can leave its failed step out, and only a step that is not needed"
                                    + " by what follows.")
                    .exception();
        return accepted(id);
    }

    @POST
    @Path("{id}/release")
    @Operation(summary = "Undo everything a failed operation built; answers with the operation that undoes")
    public Response rollBack(String id) {
        var operation = feed.get(id);
        access.toAdminister(operation.tenant().toString());
        callers.current().mustBe(Role.OPERATOR);
        var release = recovery.rollBack(callers.current(), operation)
                .orElseThrow(() -> Problem.of(ProblemType.CONFLICT, OperationRecovery.refusal(operation, "released"))
                        .exception());
        return accepted(release.toString());
    }

    /// @param format `json` or `csv`
    @GET
    @Path("{id}/ledger")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Operation(summary = "The ledger of an operation as a file: every step with attempts, times, evidence, cost so far")
    public Response ledger(String id, @RestQuery @Nullable String format) {
        var operation = feed.get(id);
        return switch (format == null ? "json" : format) {
            case "json" -> file(json(operation), MediaType.APPLICATION_JSON, operation.id() + ".json");
            case "csv" -> file(LedgerCsv.of(operation), "text/csv;charset=UTF-8", operation.id() + ".csv");
            default -> throw Problem.field("format", "must be json or csv").exception();
        };
    }

    private static Response file(Object content, String type, String name) {
        return Response.ok(content, type)
                .header("Content-Disposition", "attachment; filename=\"operation-" + name + "\"")
                .build();
    }

    private OperationJson json(io.autostack.provisioning.Operation operation) {
        return OperationJson.of(operation, cost.of(operation), cloud.hints());
    }

    private Response accepted(String id) {
        return Response.accepted(json(feed.get(id)))
                .location(URI.create("/api/v1/operations/" + id))
                .build();
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    public Multi<OutboundSseEvent> follow(String id, @Context Sse sse) {
        return stream(
                sse,
                feed.follow(feed.get(id)),
                now -> sse.newEventBuilder()
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(OperationJson.class, json(now)));
    }

    /// Messages as events: each carries the version as its id, and the one at the end tells the reader to stop.
    static Multi<OutboundSseEvent> stream(
            Sse sse,
            Multi<Message> messages,
            Function<io.autostack.provisioning.Operation, OutboundSseEvent.Builder> form) {
        return messages.map(message -> switch (message) {
            case Message.Now(var now) ->
                form.apply(now).id(Integer.toString(now.version())).build();
            case Message.StillHere() ->
                sse.newEventBuilder().comment("still here").build();
            case Message.Finished() ->
                sse.newEventBuilder().name("done").data("done").build();
        });
    }
}
