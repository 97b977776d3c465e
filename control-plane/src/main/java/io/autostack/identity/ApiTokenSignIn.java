package io.autostack.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/// Signs in by `Authorization: Bearer ask_…`; every other bearer token is left to OIDC.
@ApplicationScoped
class ApiTokenSignIn implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    /// Before OIDC, which would try to read the token as a JWT.
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1000;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var header = context.request().getHeader("Authorization");
        if (header == null || !isOurs(header)) return Uni.createFrom().nullItem();
        return providers.authenticate(
                new Presented(header.substring(SCHEME.length()).strip()));
    }

    /// The scheme is case-insensitive (RFC 9110 §11.1), the token is not.
    private static boolean isOurs(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && header.startsWith(ApiTokens.PREFIX, SCHEME.length());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Presented.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    /// A token that somebody presented.
    static final class Presented extends BaseAuthenticationRequest {
        final String secret;

        Presented(String secret) {
            this.secret = secret;
        }
    }

    /// Looks presented tokens up.
    @ApplicationScoped
    static class Tokens implements IdentityProvider<Presented> {

        private final ApiTokens tokens;

        @Inject
        Tokens(ApiTokens tokens) {
            this.tokens = tokens;
        }

        @Override
        public Class<Presented> getRequestType() {
            return Presented.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(Presented presented, AuthenticationRequestContext context) {
            return context.runBlocking(() -> tokens.resolve(presented.secret)
                    .<SecurityIdentity>map(caller -> QuarkusSecurityIdentity.builder()
                            .setPrincipal(new QuarkusPrincipal(caller.name()))
                            .addAttribute(ApiTokens.CALLER, caller)
                            .build())
                    .orElseThrow(() -> new AuthenticationFailedException("unknown, expired or revoked API token")));
        }
    }
}
