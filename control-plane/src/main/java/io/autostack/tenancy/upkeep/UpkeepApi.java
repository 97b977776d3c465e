package io.autostack.tenancy.upkeep;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What differs from what it should be, and what nobody owns, for operators.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Upkeep")
class UpkeepApi {

    private final Callers callers;
    private final Reconciliation reconciliation;
    private final Findings findings;
    private final Orphans orphans;
    private final Scopes scopes;

    @Inject
    UpkeepApi(Callers callers, Reconciliation reconciliation, Findings findings, Orphans orphans, Scopes scopes) {
        this.callers = callers;
        this.reconciliation = reconciliation;
        this.findings = findings;
        this.orphans = orphans;
        this.scopes = scopes;
    }

    @GET
    @Path("findings")
    @Operation(summary = "In which points tenants differ from what they should be, newest first")
    public Response findings(
            @RestQuery("page_size") @Nullable String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        operator();
        var request = PageRequest.of(pageSize, pageToken);
        return Lists.answer("findings", scopes.inPlatform(() -> findings.open(request)), address);
    }

    @POST
    @Path("reconciliations")
    @Operation(summary = "Look after all tenants now")
    public LastReconciliation.Run reconcile() {
        operator();
        return reconciliation.reconcile();
    }

    @GET
    @Path("orphans")
    @Operation(summary = "What is tagged as ours and owned by nobody")
    public Map<String, List<Orphans.Noted>> orphans() {
        operator();
        return Map.of("orphans", orphans.all());
    }

    @POST
    @Path("orphans/{orphan}/remove")
    @Operation(summary = "Look again, then remove what nobody owns")
    public Orphans.Noted remove(String orphan) {
        var caller = operator();
        return removed(
                orphan, id(orphan).map(id -> orphans.remove(caller, id)).orElseGet(Orphans.Removal.NotThere::new));
    }

    static Orphans.Noted removed(String orphan, Orphans.Removal removal) {
        return switch (removal) {
            case Orphans.Removal.Removed(var gone) -> gone;
            case Orphans.Removal.NotThere() ->
                throw Problem.notFound("There is no orphan “" + orphan + "”. It may be gone already.")
                        .exception();
            case Orphans.Removal.Refused(var reason) ->
                throw Problem.of(ProblemType.CONFLICT, reason).exception();
        };
    }

    static Optional<UUID> id(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Caller operator() {
        var caller = callers.current().mustBe(Role.OPERATOR);
        if (caller.tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant; this is about all of them.")
                    .exception();
        return caller;
    }
}
