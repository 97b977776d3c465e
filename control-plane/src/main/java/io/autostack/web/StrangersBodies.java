package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;

/// Reads no body of somebody who may not call: the API's callers are known before the first byte of it. Pages
/// are behind a policy that does the same.
@ApplicationScoped
class StrangersBodies {

    private static final int AFTER_AUTHENTICATION = 150;
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    /// The one address where a body comes from somebody without credentials: the provider's word is signed.
    private static final String BY_PROVIDER = "/sign-out/by-provider";

    private static final long LONGEST_WORD = 16_384;

    private final IdentityProviderManager identities;
    private final EarlyAnswer answer;

    @Inject
    StrangersBodies(IdentityProviderManager identities, EarlyAnswer answer) {
        this.identities = identities;
        this.answer = answer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_AUTHENTICATION);
    }

    private void check(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.equals(BY_PROVIDER) && length(context) > LONGEST_WORD) {
            answer.refuse(context, ProblemType.TOO_LARGE, "A logout token has a few kilobytes, and says how many.");
        } else if (!path.startsWith("/api/")
                || WITHOUT_BODY.contains(context.request().method().name()) && !hasBody(context)) {
            context.next();
        } else {
            var loop = Vertx.currentContext();
            QuarkusHttpUser.getSecurityIdentity(context, identities)
                    .subscribe()
                    .with(
                            identity -> on(loop, () -> known(context, identity)),
                            failure -> on(loop, () -> failed(context, failure)));
        }
    }

    private void known(RoutingContext context, SecurityIdentity identity) {
        if (identity.isAnonymous())
            answer.refuse(context, ProblemType.NOT_SIGNED_IN, "Send a bearer token, or sign in on the portal.");
        else context.next();
    }

    /// An outage is answered where outages are.
    private void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationFailedException)
            answer.refuse(context, ProblemType.NOT_SIGNED_IN, ProblemAnswers.UNKNOWN_TOKEN);
        else context.next();
    }

    private static boolean hasBody(RoutingContext context) {
        return length(context) > 0;
    }

    /// A body of unknown length counts as one without an end.
    private static long length(RoutingContext context) {
        var headers = context.request().headers();
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) return Long.MAX_VALUE;
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException notALength) {
            return Long.MAX_VALUE;
        }
    }

    private static void on(Context loop, Runnable work) {
        loop.runOnContext(now -> work.run());
    }
}
