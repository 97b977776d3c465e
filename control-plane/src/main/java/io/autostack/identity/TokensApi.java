package io.autostack.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API tokens")
class TokensApi {

    private final Callers callers;
    private final ApiTokens tokens;
    private final IssueToken issueToken;
    private final Scopes scopes;

    @Inject
    TokensApi(Callers callers, ApiTokens tokens, IssueToken issueToken, Scopes scopes) {
        this.callers = callers;
        this.tokens = tokens;
        this.issueToken = issueToken;
        this.scopes = scopes;
    }

    /// What a client sends to get a token; `expires` as in `90d`.
    record Request(
            @Nullable String name,
            @Nullable String role,
            @Nullable String tenant,
            @Nullable String expires) {}

    /// A new token; `token` is shown this once.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Created(UUID id, String name, String role, String token, java.time.@Nullable Instant expiresAt) {}

    @GET
    @Operation(summary = "API tokens, newest first; never the tokens themselves")
    public Map<String, List<ApiTokens.Row>> list() {
        mayManage();
        return Map.of("tokens", scopes.inPlatform(tokens::all));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make an API token; it is shown once")
    public Response create(@Nullable Request wanted) {
        var caller = mayManage();
        if (wanted == null)
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "Send a JSON object with name and role.")
                    .exception();
        return switch (issueToken.issue(caller, wanted.name(), wanted.role(), wanted.tenant(), wanted.expires())) {
            case IssueToken.Result.Refused(List<FieldError> errors) ->
                throw Problem.fields(errors).exception();
            case IssueToken.Result.Issued(var created) -> {
                var row = created.row();
                yield Response.created(URI.create("/api/v1/tokens/" + row.id()))
                        .entity(new Created(row.id(), row.name(), row.role(), created.secret(), row.expiresAt()))
                        .build();
            }
        };
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Revoke an API token at once")
    public Response revoke(UUID id) {
        var caller = mayManage();
        if (!scopes.inPlatform(() -> tokens.revoke(caller.actor(), id)))
            throw Problem.notFound("There is no such token, or it is revoked already.")
                    .exception();
        return Response.noContent().build();
    }

    private Caller mayManage() {
        var caller = callers.current().mustBe(Role.OPERATOR);
        if (caller.tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant and cannot manage tokens.")
                    .exception();
        return caller;
    }
}
