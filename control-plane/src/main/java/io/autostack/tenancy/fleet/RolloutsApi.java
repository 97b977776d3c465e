package io.autostack.tenancy.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.web.Lists;
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
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Fleet")
class RolloutsApi {

    private final Fleet fleet;
    private final StartRollout start;
    private final SteerRollout steer;

    @Inject
    RolloutsApi(Fleet fleet, StartRollout start, SteerRollout steer) {
        this.fleet = fleet;
        this.start = start;
        this.steer = steer;
    }

    /// What a client sends; without a version the newest, without a canary the oldest proof of concept.
    record Request(@Nullable String version, @Nullable String canary) {}

    /// A rollout as the API shows it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rollout(
            UUID id,
            String version,
            String state,
            @Nullable String message,
            @Nullable Instant switchedAt,
            String createdBy,
            Instant createdAt,
            @Nullable Instant finishedAt,
            List<WaveCount> waves,
            List<Part> failed) {

        static Rollout of(Fleet.View view) {
            var row = view.rollout();
            return new Rollout(
                    row.id,
                    row.version,
                    row.state,
                    row.message,
                    row.switchedAt,
                    row.createdBy,
                    row.createdAt,
                    row.finishedAt,
                    view.waves(),
                    view.failed().stream().map(Part::of).toList());
        }
    }

    /// A tenant in a rollout.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            String tenant,
            int wave,
            String state,
            @Nullable UUID operation,
            @Nullable String fromVersion,
            @Nullable String fromFingerprint,
            @Nullable String toVersion,
            @Nullable String toFingerprint,
            @Nullable String message) {

        static Part of(Fleet.Part part) {
            var row = part.row();
            return new Part(
                    part.tenant().slug(),
                    row.wave,
                    row.state,
                    row.operation,
                    row.fromVersion,
                    row.fromFingerprint,
                    row.toVersion,
                    row.toFingerprint,
                    row.message);
        }
    }

    @GET
    @Operation(summary = "Rollouts of the tenants' schema, newest first")
    public Response list(
            @RestQuery("page_size") @Nullable String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        fleet.operator();
        return Lists.answer(
                "rollouts", fleet.rollouts(PageRequest.of(pageSize, pageToken)).map(Rollout::of), address);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Bring every tenant to a version of the schema, in waves")
    @APIResponse(responseCode = "202", description = "It begins; follow it at its address")
    public Response start(@Nullable Request desired) {
        var caller = fleet.operator();
        var result = start.start(
                caller,
                text(desired == null ? null : desired.version()),
                text(desired == null ? null : desired.canary()));
        return switch (result) {
            case StartRollout.Result.Started(var rollout) ->
                Response.accepted(Rollout.of(fleet.rollout(rollout.toString())))
                        .location(URI.create("/api/v1/rollouts/" + rollout))
                        .build();
            case StartRollout.Result.Wrong(var field, var message) ->
                throw Problem.field(field, message).exception();
            case StartRollout.Result.NotNow(var why) ->
                throw Problem.of(ProblemType.CONFLICT, why).exception();
        };
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One rollout with its waves, and the tenants that failed")
    public Rollout get(String id) {
        fleet.operator();
        return Rollout.of(fleet.rollout(id));
    }

    @GET
    @Path("{id}/tenants")
    @Operation(summary = "The tenants of a rollout, in the order in which they come")
    public Response tenants(
            String id,
            @RestQuery("page_size") @Nullable String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        fleet.operator();
        return Lists.answer(
                "tenants",
                fleet.tenants(id, PageRequest.of(pageSize, pageToken)).map(Part::of),
                address);
    }

    @POST
    @Path("{id}/pause")
    @Operation(summary = "Begin with no more tenants; those that are being migrated come to their end")
    public Rollout pause(String id) {
        var caller = fleet.operator();
        var found = fleet.rollout(id).rollout();
        return changed(id, steer.pause(caller, found.id), "Only a rollout at work can be paused");
    }

    @POST
    @Path("{id}/resume")
    @Operation(summary = "Go on with a paused or stopped rollout; tenants that failed are tried again")
    public Rollout resume(String id) {
        var caller = fleet.operator();
        var found = fleet.rollout(id).rollout();
        return changed(id, steer.resume(caller, found.id), "Only a paused or stopped rollout can be resumed");
    }

    @POST
    @Path("{id}/abandon")
    @Operation(summary = "Give a rollout up; tenants that have the new version keep it")
    public Rollout abandon(String id) {
        var caller = fleet.operator();
        var found = fleet.rollout(id).rollout();
        return changed(id, steer.abandon(caller, found.id), "Only a rollout that has not ended can be abandoned");
    }

    private Rollout changed(String id, boolean changed, String rule) {
        var now = Rollout.of(fleet.rollout(id));
        if (!changed)
            throw Problem.of(ProblemType.CONFLICT, rule + "; this one is " + now.state() + ".")
                    .exception();
        return now;
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
