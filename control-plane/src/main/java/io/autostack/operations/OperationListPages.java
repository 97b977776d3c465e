package io.autostack.operations;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.Operations;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.ui.operations.OperationsPage;
import io.autostack.ui.operations.State;
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

/// The list of operations as a page.
@Path("/operations")
@Produces(MediaType.TEXT_HTML)
class OperationListPages {

    private static final Listings LISTINGS = new Listings(
            "/operations",
            "operation",
            "operations",
            "title, kind, id, message",
            Map.of(
                    "created", new Directions("Oldest first", "Newest first"),
                    "kind", new Directions("Kind, A to Z", "Kind, Z to A"),
                    "state", new Directions("State, A to Z", "State, Z to A"),
                    "took", new Directions("Shortest first", "Longest first")));

    private final Callers callers;
    private final OperationList list;
    private final Operations operations;
    private final Frames frames;

    @Inject
    OperationListPages(Callers callers, OperationList list, Operations operations, Frames frames) {
        this.callers = callers;
        this.list = list;
        this.operations = operations;
        this.frames = frames;
    }

    @GET
    public Response list(
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String tenant,
            @RestQuery @Nullable String kind,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String sort,
            @RestQuery("page_token") @Nullable String pageToken) {
        var typed = Typed.intoForm(q, sort, pageToken);
        var filters = filters(tenant, kind, state);
        return Listings.answer(
                () -> {
                    var found = list.find(typed, new OperationList.Filter(tenant, kind, state));
                    return page(
                            LISTINGS.of(typed, OperationList.COLUMNS, filters, found.page(), found.hits()),
                            found.page().items(),
                            found.slugs());
                },
                refused -> page(LISTINGS.of(typed, OperationList.COLUMNS, filters, refused), List.of(), Map.of()));
    }

    private String page(Listing listing, List<ListedOperation> operations, Map<UUID, String> slugs) {
        return new OperationsPage(
                        frames.frame("Operations"),
                        listing,
                        operations.stream()
                                .map(operation -> row(operation, slugs.get(operation.tenant())))
                                .toList())
                .render();
    }

    private static OperationsPage.Row row(ListedOperation operation, @Nullable String slug) {
        return new OperationsPage.Row(
                operation.id().toString(),
                operation.title(),
                slug,
                State.of(operation.state()),
                operation.simulated(),
                operation.createdAt(),
                operation.startedAt(),
                operation.finishedAt());
    }

    private List<Filter> filters(@Nullable String tenant, @Nullable String kind, @Nullable String state) {
        return List.of(
                Filter.text(
                        "tenant",
                        "Tenant",
                        tenant == null ? "" : tenant,
                        !callers.current().isAny(Role.OPERATOR, Role.FINANCE)),
                Filter.choice("kind", "Kind", kind == null ? "" : kind, options(operations.kinds())),
                Filter.choice("state", "State", state == null ? "" : state, options(OperationList.STATES)));
    }

    private static List<Filter.Option> options(List<String> words) {
        return words.stream()
                .map(word -> new Filter.Option(word, word.replace('-', ' ')))
                .toList();
    }
}
