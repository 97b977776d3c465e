package io.autostack.identity;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts a handle into the session cookie instead of the tokens themselves, and keeps the tokens in `Sessions`.
@Alternative
@Priority(1)
@ApplicationScoped
class SessionCookie implements TokenStateManager {

    /// Under which a request holds the handle it came with.
    static final String HANDLE = "autostack.session";

    /// Set by the OIDC extension before it asks for a state: how long the browser keeps the cookie, in seconds.
    private static final String MAX_AGE = "session-max-age";

    private static final Duration MIN_AGE = Duration.ofMinutes(5);
    private static final String BETWEEN = " ";

    private final Sessions sessions;
    private final InstantSource clock;

    @Inject
    SessionCookie(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Uni<String> createTokenState(
            RoutingContext request,
            OidcTenantConfig config,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> work) {
        String earlier = request.get(HANDLE);
        Long maxAge = request.get(MAX_AGE);
        return work.runBlocking(() -> {
            var expiresAt = clock.instant().plus(maxAge == null ? MIN_AGE : Duration.ofSeconds(maxAge));
            var text =
                    tokens.getIdToken() + (tokens.getRefreshToken() == null ? "" : BETWEEN + tokens.getRefreshToken());
            if (earlier == null) return sessions.begin(owner(tokens.getIdToken()), text, expiresAt);
            if (!sessions.goOn(earlier, text, expiresAt)) throw ended();
            return earlier;
        });
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext request,
            OidcTenantConfig config,
            String state,
            OidcRequestContext<AuthorizationCodeTokens> work) {
        return work.runBlocking(() -> {
            var tokens =
                    sessions.tokens(state).orElseThrow(SessionCookie::ended).split(BETWEEN, 2);
            request.put(HANDLE, state);
            return new AuthorizationCodeTokens(tokens[0], null, tokens.length == 2 ? tokens[1] : null);
        });
    }

    /// Also asked before a session goes on with new tokens: then the row stays, so that requests which are
    /// under way with the same cookie find it.
    @Override
    public Uni<Void> deleteTokens(
            RoutingContext request, OidcTenantConfig config, String state, OidcRequestContext<Void> work) {
        var signOut = config.logout().path().orElse("").equals(request.normalizedPath());
        if (!signOut) return Uni.createFrom().voidItem();
        return work.runBlocking(nothing(() -> sessions.end(state)));
    }

    @SuppressWarnings("NullAway") // a Uni<Void> has no other item
    private static Supplier<Void> nothing(Runnable action) {
        return () -> {
            action.run();
            return null;
        };
    }

    private static Sessions.Owner owner(String idToken) {
        var claims = OidcCommonUtils.decodeJwtContent(idToken);
        return new Sessions.Owner(claims.getString("sub"), claims.getString("sid"), email(claims));
    }

    private static @Nullable String email(JsonObject claims) {
        var email = claims.getString("email");
        return email == null || !Boolean.TRUE.equals(claims.getValue("email_verified"))
                ? null
                : email.toLowerCase(Locale.ROOT);
    }

    private static AuthenticationFailedException ended() {
        return new AuthenticationFailedException("the session has ended");
    }
}
