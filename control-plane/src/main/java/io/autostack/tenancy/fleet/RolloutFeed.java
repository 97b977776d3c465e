package io.autostack.tenancy.fleet;

import io.autostack.identity.Callers;
import io.autostack.identity.OpenStreams;
import io.autostack.ui.fleet.RolloutProgress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Follows a rollout until nothing happens any more without somebody's doing.
@ApplicationScoped
class RolloutFeed {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int LOOKS_PER_HEARTBEAT = 15;

    private static final int LOOKS_PER_QUESTION = 5;

    private final Fleet fleet;
    private final Callers callers;
    private final OpenStreams streams;

    @Inject
    RolloutFeed(Fleet fleet, Callers callers, OpenStreams streams) {
        this.streams = streams;
        this.fleet = fleet;
        this.callers = callers;
    }

    /// Each message holds the whole state; the last one tells the reader to stop. A reader who is not signed in
    /// any more is left within five seconds.
    Multi<OutboundSseEvent> follow(String id, Sse sse) {
        var standing = callers.standing();
        return streams.count(Multi.createFrom()
                .emitter(emitter ->
                        Thread.ofVirtual().name("rollout-" + id).start(() -> watch(id, sse, standing, emitter))));
    }

    private void watch(String id, Sse sse, BooleanSupplier standing, MultiEmitter<? super OutboundSseEvent> emitter) {
        try {
            var told = "";
            for (int run = 1; !emitter.isCancelled(); run++) {
                if (run % LOOKS_PER_QUESTION == 0 && !standing.getAsBoolean()) {
                    emitter.complete();
                    return;
                }
                var view = fleet.rollout(id);
                var now = new RolloutProgress(FleetParts.rollout(view)).render();
                if (!now.equals(told))
                    emitter.emit(sse.newEventBuilder()
                            .id(Integer.toString(run))
                            .mediaType(MediaType.TEXT_HTML_TYPE)
                            .data(String.class, now)
                            .build());
                else if (run % LOOKS_PER_HEARTBEAT == 0)
                    emitter.emit(sse.newEventBuilder().comment("still here").build());
                told = now;
                if (!view.live()) break;
                Thread.sleep(LOOK_AGAIN);
            }
            emitter.emit(sse.newEventBuilder().name("done").data("done").build());
            emitter.complete();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.fail(e);
        }
    }
}
