package io.autostack.operations;

import io.autostack.operations.OperationFeed.Message;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

@Path("/api/v1/operations")
@Tag(name = "Operations")
class OperationsApi {

    private final OperationFeed feed;

    @Inject
    OperationsApi(OperationFeed feed) {
        this.feed = feed;
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "An operation with its steps; ask for text/event-stream to follow it")
    public OperationJson get(String id) {
        return OperationJson.of(feed.get(id));
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    public Multi<OutboundSseEvent> follow(String id, @Context Sse sse) {
        return stream(
                sse,
                feed.follow(feed.get(id)),
                now -> sse.newEventBuilder()
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(OperationJson.class, OperationJson.of(now)));
    }

    /// Messages as events: each carries the version as its id, and the last one tells the reader to stop.
    static Multi<OutboundSseEvent> stream(
            Sse sse,
            Multi<Message> messages,
            Function<io.autostack.provisioning.Operation, OutboundSseEvent.Builder> form) {
        var events = messages.map(message -> switch (message) {
            case Message.Now(var now) ->
                form.apply(now).id(Integer.toString(now.version())).build();
            case Message.StillHere() ->
                sse.newEventBuilder().comment("still here").build();
        });
        var done = Multi.createFrom()
                .item(() -> sse.newEventBuilder().name("done").data("done").build());
        return Multi.createBy().concatenating().streams(events, done);
    }
}
