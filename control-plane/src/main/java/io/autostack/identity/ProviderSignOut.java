package io.autostack.identity;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// The identity provider says that a session there is over (OpenID Connect Back-Channel Logout): it ends here
/// too, on every replica.
@Path("/sign-out/by-provider")
class ProviderSignOut {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration FOR_NEW_KEYS = Duration.ofSeconds(10);

    private final TenantConfigBean oidc;
    private final Sessions sessions;

    @Inject
    ProviderSignOut(TenantConfigBean oidc, Sessions sessions) {
        this.oidc = oidc;
        this.sessions = sessions;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response end(@RestForm("logout_token") @Nullable String token) {
        if (token == null || !isVerified(token)) throw refused();
        var claims = OidcCommonUtils.decodeJwtContent(token);
        if (!saysLogout(claims)) throw refused();
        sessions.endAtProvider(claims.getString("sub"), claims.getString("sid"));
        return Response.ok().build();
    }

    /// Signature, issuer, audience and expiry. A key that is not known yet may be a new one.
    private boolean isVerified(String token) {
        var provider = provider();
        try {
            provider.verifyLogoutJwtToken(token);
            return true;
        } catch (InvalidJwtException e) {
            return e.getCause() instanceof UnresolvableKeyException && isVerifiedByNewKeys(provider, token);
        }
    }

    private static boolean isVerifiedByNewKeys(OidcProvider provider, String token) {
        try {
            provider.refreshJwksAndVerifyJwtToken(token, true, false, null)
                    .await()
                    .atMost(FOR_NEW_KEYS);
            return true;
        } catch (CompletionException _) {
            return false;
        }
    }

    private OidcProvider provider() {
        var provider = oidc.getDefaultTenant().provider();
        if (provider == null)
            throw Problem.of(ProblemType.UNAVAILABLE, "The identity provider is not known yet.")
                    .exception();
        return provider;
    }

    private static boolean saysLogout(@Nullable JsonObject claims) {
        return claims != null
                && claims.getValue("events") instanceof JsonObject events
                && events.containsKey(EVENT)
                && !claims.containsKey("nonce")
                && (isText(claims, "sub") || isText(claims, "sid"));
    }

    private static boolean isText(JsonObject claims, String name) {
        return claims.getValue(name) instanceof String;
    }

    private static io.autostack.shared.ProblemException refused() {
        return Problem.of(ProblemType.MALFORMED_REQUEST, "Send a logout token that this platform's provider signed.")
                .exception();
    }
}
