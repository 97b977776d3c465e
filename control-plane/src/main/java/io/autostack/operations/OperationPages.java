package io.autostack.operations;

import io.autostack.identity.Callers;
import io.autostack.identity.TenantRole;
import io.autostack.provisioning.Operation;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.Tenants;
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
import org.jboss.resteasy.reactive.RestStreamElementType;

/// An operation as a page that follows it.
@Path("/operations")
class OperationPages {

    private final OperationFeed feed;
    private final RetryOperation retryOperation;
    private final TenantAccess access;
    private final Tenants tenants;
    private final Callers callers;
    private final Frames frames;

    @Inject
    OperationPages(
            OperationFeed feed,
            RetryOperation retryOperation,
            TenantAccess access,
            Tenants tenants,
            Callers callers,
            Frames frames) {
        this.feed = feed;
        this.retryOperation = retryOperation;
        this.access = access;
        this.tenants = tenants;
        this.callers = callers;
        this.frames = frames;
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(String id) {
        var operation = feed.get(id);
        var part = OperationParts.operation(operation, mayRetry(operation));
        return new OperationPage(frames.frame(part.title()), part);
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_HTML)
    @Blocking
    public Multi<OutboundSseEvent> follow(String id, @Context Sse sse) {
        var operation = feed.get(id);
        var mayRetry = mayRetry(operation);
        return OperationsApi.stream(
                sse,
                feed.follow(operation),
                now -> sse.newEventBuilder()
                        .mediaType(MediaType.TEXT_HTML_TYPE)
                        .data(String.class, new Steps(OperationParts.operation(now, mayRetry), null).render()));
    }

    @POST
    @Path("{id}/retry")
    public Response retry(String id) {
        var operation = feed.get(id);
        access.toAdminister(operation.tenant().toString());
        retryOperation.retry(callers.current(), operation);
        return Response.seeOther(URI.create("/operations/" + operation.id())).build();
    }

    private boolean mayRetry(Operation operation) {
        return tenants.find(operation.tenant())
                .flatMap(access::roleAt)
                .filter(role -> role.atLeast(TenantRole.ADMIN))
                .isPresent();
    }
}
