package io.autostack.tenancy.fleet;

import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.ui.fleet.FleetPage;
import io.autostack.ui.fleet.RolloutPage;
import io.autostack.ui.parts.FieldError;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/// The schema of all tenants' databases, for operators.
@Path("/fleet")
@Produces(MediaType.TEXT_HTML)
class FleetPages {

    private static final int PAST = 20;

    private final Fleet fleet;
    private final StartRollout start;
    private final SteerRollout steer;
    private final RolloutFeed feed;
    private final Frames frames;

    @Inject
    FleetPages(Fleet fleet, StartRollout start, SteerRollout steer, RolloutFeed feed, Frames frames) {
        this.fleet = fleet;
        this.start = start;
        this.steer = steer;
        this.feed = feed;
        this.frames = frames;
    }

    @GET
    public TemplateInstance overview() {
        fleet.operator();
        return page("", "", List.of());
    }

    @POST
    public Response start(@RestForm @Nullable String version, @RestForm @Nullable String canary) {
        var caller = fleet.operator();
        var desired = text(version);
        var first = text(canary);
        return switch (start.start(caller, desired, first)) {
            case StartRollout.Result.Started(var rollout) -> to("/fleet/" + rollout);
            case StartRollout.Result.Wrong(var field, var message) ->
                Response.status(422)
                        .entity(page(desired, first, List.of(new FieldError(field, message)))
                                .render())
                        .build();
            case StartRollout.Result.NotNow(var why) ->
                throw Problem.of(ProblemType.CONFLICT, why).exception();
        };
    }

    @POST
    @Path("refresh")
    public Response refresh() {
        fleet.operator();
        fleet.refresh();
        return to("/fleet");
    }

    @GET
    @Path("{id}")
    public TemplateInstance rollout(String id, @RestQuery("page_token") @Nullable String pageToken) {
        fleet.operator();
        var view = fleet.rollout(id);
        var tenants = fleet.tenants(id, PageRequest.of(null, pageToken));
        var token = tenants.nextToken();
        return new RolloutPage(
                frames.frame("Rollout of version " + view.rollout().version),
                FleetParts.rollout(view),
                tenants.items().stream().map(FleetParts::part).toList(),
                token == null ? null : "/fleet/" + view.rollout().id + "?page_token=" + token);
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_HTML)
    @Blocking
    public Multi<OutboundSseEvent> follow(String id, @Context Sse sse) {
        fleet.operator();
        return feed.follow(fleet.rollout(id).rollout().id.toString(), sse);
    }

    @POST
    @Path("{id}/pause")
    public Response pause(String id) {
        var caller = fleet.operator();
        steer.pause(caller, fleet.rollout(id).rollout().id);
        return to("/fleet/" + id);
    }

    @POST
    @Path("{id}/resume")
    public Response resume(String id) {
        var caller = fleet.operator();
        steer.resume(caller, fleet.rollout(id).rollout().id);
        return to("/fleet/" + id);
    }

    @POST
    @Path("{id}/abandon")
    public Response abandon(String id) {
        var caller = fleet.operator();
        steer.abandon(caller, fleet.rollout(id).rollout().id);
        return to("/fleet/" + id);
    }

    private FleetPage page(String version, String canary, List<FieldError> errors) {
        var overview = fleet.overview(PAST);
        var schemas = overview.schemas();
        var rollouts = overview.rollouts();
        var choices = schemas.versions().stream()
                .filter(SchemaGroups.OfVersion::known)
                .map(SchemaGroups.OfVersion::number)
                .toList();
        return new FleetPage(
                frames.frame("Fleet"),
                schemas.problem().isEmpty() ? null : schemas.problem(),
                FleetParts.versions(schemas),
                schemas.unread(),
                schemas.drifting().stream().map(FleetParts::drift).toList(),
                rollouts.stream()
                        .filter(view ->
                                RolloutState.OPEN.contains(view.rollout().state()))
                        .findFirst()
                        .map(FleetParts::rollout)
                        .orElse(null),
                new FleetPage.Start(choices, version, canary, errors),
                rollouts.stream().map(FleetParts::past).toList());
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
