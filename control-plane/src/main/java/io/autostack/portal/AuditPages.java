package io.autostack.portal;

import io.autostack.audit.Audit;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.ui.audit.AuditPage;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.web.Frames;
import io.autostack.web.Listings;
import io.autostack.web.Listings.Directions;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The history as a page.
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
class AuditPages {

    private static final Listings LISTINGS = new Listings(
            "/audit",
            "entry",
            "entries",
            "who, what, on what, trace id",
            Map.of(
                    "time", new Directions("Oldest first", "Newest first"),
                    "actor", new Directions("Who, A to Z", "Who, Z to A"),
                    "action", new Directions("What, A to Z", "What, Z to A")));

    private final Callers callers;
    private final AuditEvents events;
    private final Frames frames;

    @Inject
    AuditPages(Callers callers, AuditEvents events, Frames frames) {
        this.callers = callers;
        this.events = events;
        this.frames = frames;
    }

    @GET
    public Response page(
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String actor,
            @RestQuery @Nullable String action,
            @RestQuery @Nullable String object,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String sort,
            @RestQuery("page_token") @Nullable String pageToken) {
        var typed = Typed.intoForm(q, sort, pageToken);
        var filters = List.of(
                Filter.text("tenant", "Tenant", text(tenant), !callers.current().isAny(Role.OPERATOR, Role.FINANCE)),
                Filter.text("actor", "Who", text(actor), false),
                Filter.text("action", "What", text(action), false),
                Filter.text("object", "On (id)", text(object), false),
                Filter.day("from", "From", text(from)),
                Filter.day("to", "Before", text(to)));
        return Listings.answer(
                () -> {
                    var found = events.find(typed, new AuditEvents.Filter(tenant, actor, action, object, from, to));
                    return page(
                            LISTINGS.of(typed, Audit.COLUMNS, filters, found.page(), found.hits()),
                            found.page().items(),
                            found.slugs());
                },
                refused -> page(LISTINGS.of(typed, Audit.COLUMNS, filters, refused), List.of(), Map.of()));
    }

    private String page(Listing listing, List<Audit.Entry> entries, Map<UUID, String> slugs) {
        return new AuditPage(
                        frames.frame("Audit"),
                        listing,
                        entries.stream()
                                .map(entry -> AuditParts.row(entry, slugs))
                                .toList())
                .render();
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
