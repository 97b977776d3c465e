package io.autostack.identity;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Believes a bearer token of the identity provider only when it is an access token that one of our clients
/// got. Signature, issuer, audience and age are checked before; the same provider signs other things for other
/// clients.
@ApplicationScoped
class AccessTokenCheck implements SecurityIdentityAugmentor {

    private static final Set<String> HEADER_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final List<String> NOT_IN_ACCESS_TOKENS = List.of("nonce", "at_hash", "c_hash", "events");

    private final Set<String> clients;

    @Inject
    AccessTokenCheck(
            @ConfigProperty(name = "autostack.oidc.client-id", defaultValue = "autostack") String client,
            @ConfigProperty(name = "autostack.oidc.authorised-parties") Optional<List<String>> more) {
        this.clients = new java.util.HashSet<>(more.orElse(List.of()));
        this.clients.add(client);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        var bearer = identity.getPrincipal() instanceof JsonWebToken token
                        && identity.getCredential(IdTokenCredential.class) == null
                ? token.getRawToken()
                : null;
        return bearer == null || isOurs(bearer)
                ? Uni.createFrom().item(identity)
                : Uni.createFrom()
                        .failure(
                                new AuthenticationFailedException("not an access token for a client of this platform"));
    }

    private boolean isOurs(String token) {
        var claims = OidcCommonUtils.decodeJwtContent(token);
        var header = OidcUtils.decodeJwtHeaders(token);
        return claims != null
                && header != null
                && isAccessToken(header, claims)
                && clients.contains(text(claims, claims.containsKey("azp") ? "azp" : "client_id"));
    }

    /// Keycloak says the kind in a claim, RFC 9068 in the header; ID and logout tokens have claims of their own.
    private static boolean isAccessToken(JsonObject header, JsonObject claims) {
        return (!header.containsKey("typ")
                        || HEADER_TYPES.contains(text(header, "typ").toLowerCase(Locale.ROOT)))
                && (!claims.containsKey("typ") || text(claims, "typ").equalsIgnoreCase("Bearer"))
                && NOT_IN_ACCESS_TOKENS.stream().noneMatch(claims::containsKey);
    }

    private static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text : "";
    }
}
