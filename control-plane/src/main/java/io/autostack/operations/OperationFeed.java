package io.autostack.operations;

import io.autostack.identity.Callers;
import io.autostack.identity.OpenStreams;
import io.autostack.identity.TenantRole;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantAccess;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Finds operations for callers who may see them, and follows them until they end.
@ApplicationScoped
public class OperationFeed {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int LOOKS_PER_HEARTBEAT = 60;
    private static final int LOOKS_PER_QUESTION = 20;

    private final Callers callers;
    private final Operations operations;
    private final TenantAccess access;
    private final Scopes scopes;
    private final OpenStreams streams;

    @Inject
    OperationFeed(Callers callers, Operations operations, TenantAccess access, Scopes scopes, OpenStreams streams) {
        this.streams = streams;
        this.callers = callers;
        this.operations = operations;
        this.access = access;
        this.scopes = scopes;
    }

    /// An operation, and what the caller is to its tenant.
    record Seen(Operation operation, TenantRole role) {}

    /// @throws io.autostack.shared.ProblemException when there is none that the caller may see
    public Operation get(String id) {
        return see(id).operation();
    }

    /// @throws io.autostack.shared.ProblemException when there is none that the caller may see
    Seen see(String id) {
        callers.current().mustBeSignedIn();
        return scopes.inPlatform(() -> operations.find(uuid(id)))
                .flatMap(operation -> access.visit(operation.tenant()).map(visit -> new Seen(operation, visit.role())))
                .orElseThrow(() -> notFound(id));
    }

    /// What a reader of the feed is told.
    public sealed interface Message {

        /// The whole present state.
        record Now(Operation operation) implements Message {}

        /// Nothing new for 15 seconds; keeps the connection open.
        record StillHere() implements Message {}

        /// The last one: the operation has ended, or its row was deleted.
        record Finished() implements Message {}
    }

    /// Every change from now on, the present state first; ends with the operation, or within five seconds with
    /// the reader's right to see it. Each message holds the whole state, so a reader that was away misses
    /// nothing.
    public Multi<Message> follow(Operation from) {
        var reader = callers.current();
        var standing = callers.standing();
        BooleanSupplier right = () -> standing.getAsBoolean() && access.maySee(reader, from.tenant());
        return streams.count(Multi.createFrom()
                .emitter(emitter ->
                        Thread.ofVirtual().name("feed-" + from.id()).start(() -> watch(from, right, emitter))));
    }

    private void watch(Operation from, BooleanSupplier right, MultiEmitter<? super Message> emitter) {
        try {
            int told = -1;
            for (int run = 1; !emitter.isCancelled(); run++) {
                if (run % LOOKS_PER_QUESTION == 0 && !right.getAsBoolean()) break;
                var found = scopes.inTenant(from.tenant(), () -> operations.find(from.id()));
                if (found.isEmpty()) {
                    emitter.emit(new Message.Finished());
                    break;
                }
                var now = found.get();
                if (now.version() != told) emitter.emit(new Message.Now(now));
                else if (run % LOOKS_PER_HEARTBEAT == 0) emitter.emit(new Message.StillHere());
                told = now.version();
                if (now.finished()) {
                    emitter.emit(new Message.Finished());
                    break;
                }
                Thread.sleep(LOOK_AGAIN);
            }
            emitter.complete();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.fail(e);
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw notFound(id);
        }
    }

    private static ProblemException notFound(String id) {
        return Problem.notFound("There is no operation “" + id + "” that you can see.")
                .exception();
    }
}
