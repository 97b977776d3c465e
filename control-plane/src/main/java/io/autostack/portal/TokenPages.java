package io.autostack.portal;

import io.autostack.identity.ApiTokens;
import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.IssueToken;
import io.autostack.identity.Role;
import io.autostack.shared.Scopes;
import io.autostack.ui.identity.NewToken;
import io.autostack.ui.identity.TokenForm;
import io.autostack.ui.identity.TokenRow;
import io.autostack.ui.identity.TokensPage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.parts.Tone;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// API tokens for operators.
@Path("/tokens")
@Produces(MediaType.TEXT_HTML)
class TokenPages {

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::word).toList();

    private final Callers callers;
    private final ApiTokens tokens;
    private final IssueToken issueToken;
    private final Scopes scopes;
    private final InstantSource clock;
    private final Frames frames;

    @Inject
    TokenPages(
            Callers callers,
            ApiTokens tokens,
            IssueToken issueToken,
            Scopes scopes,
            InstantSource clock,
            Frames frames) {
        this.callers = callers;
        this.tokens = tokens;
        this.issueToken = issueToken;
        this.scopes = scopes;
        this.clock = clock;
        this.frames = frames;
    }

    @GET
    public TemplateInstance list() {
        mustBeOperator();
        return page(TokenForm.blank(ROLES), null);
    }

    /// The new token is in this very answer and nowhere else, so there is no redirect behind it.
    @POST
    public Response create(
            @RestForm @Nullable String name, @RestForm @Nullable String role, @RestForm @Nullable String expires) {
        var caller = mustBeOperator();
        var days = expires == null || expires.isBlank() ? null : expires.strip() + "d";
        return switch (issueToken.issue(caller, name, role, null, days)) {
            case IssueToken.Result.Issued(var created) ->
                Response.ok(page(
                                        TokenForm.blank(ROLES),
                                        new NewToken(created.row().name(), created.secret()))
                                .render())
                        .build();
            case IssueToken.Result.Refused(var errors) ->
                Response.status(422)
                        .entity(page(
                                        new TokenForm(
                                                text(name),
                                                text(role),
                                                text(expires),
                                                ROLES,
                                                errors.stream()
                                                        .map(error -> new FieldError(error.field(), error.message()))
                                                        .toList()),
                                        null)
                                .render())
                        .build();
        };
    }

    @POST
    @Path("{id}/revoke")
    public Response revoke(UUID id) {
        var caller = mustBeOperator();
        scopes.inPlatform(() -> tokens.revoke(caller.actor(), id));
        return Response.seeOther(URI.create("/tokens")).build();
    }

    private Caller mustBeOperator() {
        return callers.current().mustBe(Role.OPERATOR);
    }

    private TokensPage page(TokenForm form, @Nullable NewToken fresh) {
        return new TokensPage(
                frames.frame("API tokens"),
                scopes.inPlatform(tokens::all).stream().map(this::row).toList(),
                form,
                fresh);
    }

    private TokenRow row(ApiTokens.Row token) {
        var expired = token.expiresAt() != null && !token.expiresAt().isAfter(clock.instant());
        var status = token.revokedAt() != null
                ? new Badge("revoked", Tone.NEUTRAL)
                : expired ? Badge.status("expired") : Badge.status("active");
        return new TokenRow(
                token.id().toString(),
                token.name(),
                token.role(),
                token.createdAt(),
                token.lastUsedAt(),
                token.expiresAt(),
                status,
                token.revokedAt() == null && !expired);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
