package io.autostack.operations;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantAccess;
import io.autostack.ui.operations.Operation.Recovery;
import io.autostack.ui.operations.OperationPage;
import io.autostack.ui.operations.Steps;
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
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/// An operation as a page that follows it.
@Path("/operations")
class OperationPages {

    private final OperationFeed feed;
    private final OperationRecovery recovery;
    private final TenantAccess access;
    private final Scopes scopes;
    private final Callers callers;
    private final OperationParts parts;
    private final Frames frames;

    @Inject
    OperationPages(
            OperationFeed feed,
            OperationRecovery recovery,
            TenantAccess access,
            Scopes scopes,
            Callers callers,
            OperationParts parts,
            Frames frames) {
        this.feed = feed;
        this.recovery = recovery;
        this.access = access;
        this.scopes = scopes;
        this.callers = callers;
        this.parts = parts;
        this.frames = frames;
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(String id) {
        var seen = feed.see(id);
        var part = parts.operation(seen.operation(), ways(seen));
        return new OperationPage(frames.frame(part.title()), part);
    }

    /// For a spreadsheet.
    @GET
    @Path("{id}/ledger")
    public Response ledger(String id) {
        var operation = feed.get(id);
        return Response.ok(LedgerCsv.of(operation), "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"operation-" + operation.id() + ".csv\"")
                .build();
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_HTML)
    @Blocking
    public Multi<OutboundSseEvent> follow(String id, @Context Sse sse) {
        var seen = feed.see(id);
        var role = Optional.of(seen.role());
        var caller = callers.current();
        return OperationsApi.stream(
                sse,
                feed.follow(seen.operation()),
                now -> sse.newEventBuilder()
                        .mediaType(MediaType.TEXT_HTML_TYPE)
                        .data(
                                String.class,
                                new Steps(parts.operation(now, recovery.ways(caller, role, now))).render()));
    }

    @POST
    @Path("{id}/retry")
    public Response retry(String id) {
        var operation = feed.get(id);
        recovery.admit(callers.current(), operation);
        recovery.retry(callers.current(), operation);
        return Response.seeOther(URI.create("/operations/" + operation.id())).build();
    }

    @POST
    @Path("{id}/skip")
    public Response skip(String id, @RestForm @Nullable String reason) {
        var operation = feed.get(id);
        access.toAdminister(operation.tenant().toString());
        callers.current().mustBe(Role.OPERATOR);
        var given = reason == null ? "" : reason.strip();
        OperationRecovery.checkReason(given);
        recovery.skip(callers.current(), operation, given);
        return Response.seeOther(URI.create("/operations/" + operation.id())).build();
    }

    @POST
    @Path("{id}/release")
    public Response rollBack(String id) {
        var operation = feed.get(id);
        access.toAdminister(operation.tenant().toString());
        callers.current().mustBe(Role.OPERATOR);
        var next = recovery.rollBack(callers.current(), operation).orElse(operation.id());
        return Response.seeOther(URI.create("/operations/" + next)).build();
    }

    private Recovery ways(OperationFeed.Seen seen) {
        return scopes.together(() -> recovery.ways(callers.current(), Optional.of(seen.role()), seen.operation()));
    }
}
