package io.autostack.portal;

import io.autostack.portal.AuditEvents.Filter;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import io.autostack.ui.audit.AuditFilter;
import io.autostack.ui.audit.AuditPage;
import io.autostack.ui.parts.FieldError;
import io.autostack.web.Frames;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The history as a page.
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
class AuditPages {

    private final AuditEvents events;
    private final Frames frames;

    @Inject
    AuditPages(AuditEvents events, Frames frames) {
        this.events = events;
        this.frames = frames;
    }

    @GET
    public Response page(
            @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String actor,
            @RestQuery @Nullable String object,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var wanted = new Filter(tenant, actor, object, from, to);
        try {
            var found = events.find(wanted, PageRequest.of(null, pageToken));
            return Response.ok(
                            page(wanted, List.of(), found, next(found, address)).render())
                    .build();
        } catch (ProblemException refused) {
            if (refused.problem().type() != ProblemType.INVALID_INPUT) throw refused;
            var errors = refused.problem().errors().stream()
                    .map(error -> new FieldError(error.field(), error.message()))
                    .toList();
            var nothing = new AuditEvents.Found(new Page<>(List.of(), null), Map.of());
            return Response.status(422)
                    .entity(page(wanted, errors, nothing, null).render())
                    .build();
        }
    }

    private AuditPage page(Filter wanted, List<FieldError> errors, AuditEvents.Found found, @Nullable String next) {
        return new AuditPage(
                frames.frame("Audit"),
                new AuditFilter(
                        text(wanted.tenant()),
                        text(wanted.actor()),
                        text(wanted.object()),
                        text(wanted.from()),
                        text(wanted.to()),
                        errors),
                found.page().items().stream()
                        .map(entry -> AuditParts.row(entry, found.slugs()))
                        .toList(),
                next);
    }

    private static @Nullable String next(AuditEvents.Found found, UriInfo address) {
        var token = found.page().nextToken();
        if (token == null) return null;
        var next = address.getRequestUriBuilder()
                .replaceQueryParam("page_token", token)
                .build();
        return next.getRawPath() + "?" + next.getRawQuery();
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
