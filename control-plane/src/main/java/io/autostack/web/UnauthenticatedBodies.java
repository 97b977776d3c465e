package io.autostack.web;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.shared.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads no body of a client that may not call: the API's callers are known before the first byte of it, and one
/// caller fills no more memory than its share. Pages are behind a policy that does the same, and their forms are
/// short.
@ApplicationScoped
class UnauthenticatedBodies {

    private static final int AFTER_AUTHENTICATION = 150;
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    /// The one address where a body comes from somebody without credentials: the provider's word is signed.
    private static final String BY_PROVIDER = "/sign-out/by-provider";

    private static final long MAX_WORD = 16_384;

    private static final long TOO_SMALL_TO_COUNT = 65_536;
    private static final long MEGABYTE = 1_048_576;
    private static final String LATER = "5";

    private final IdentityProviderManager identities;
    private final EarlyAnswer answer;
    private final long maxBytes;
    private final BodyMemory memory;

    @Inject
    UnauthenticatedBodies(
            IdentityProviderManager identities,
            EarlyAnswer answer,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longest) {
        this.identities = identities;
        this.answer = answer;
        this.maxBytes = longest.asLongValue();
        // At least one of the longest finds room, whatever that is set to.
        this.memory =
                new BodyMemory(Math.max(32 * MEGABYTE, this.maxBytes), Math.max(128 * MEGABYTE, 4 * this.maxBytes));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_AUTHENTICATION);
    }

    private void check(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.equals(BY_PROVIDER) && length(context) > MAX_WORD) {
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
        else if (length(context) <= TOO_SMALL_TO_COUNT) context.next();
        else makeRoom(context, Callers.of(identity));
    }

    private void makeRoom(RoutingContext context, Caller caller) {
        var who = caller.kind() + ":" + caller.id();
        long bytes = Math.min(length(context), maxBytes);
        if (memory.take(who, bytes)) {
            context.addEndHandler(over -> memory.giveBack(who, bytes));
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, LATER);
            answer.refuse(
                    context,
                    ProblemType.TOO_MANY_REQUESTS,
                    "Too many large bodies, or some of unknown length, are under way. Send them one after the other.");
        }
    }

    /// An outage is answered where outages are.
    private void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationFailedException)
            answer.refuse(context, ProblemType.NOT_SIGNED_IN, ProblemAnswers.UNKNOWN_TOKEN);
        else context.next();
    }

    static boolean hasBody(RoutingContext context) {
        return length(context) > 0;
    }

    /// A body of unknown length counts as one without an end.
    private static long length(RoutingContext context) {
        var headers = context.request().headers();
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) return Long.MAX_VALUE;
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    private static void on(Context loop, Runnable work) {
        loop.runOnContext(now -> work.run());
    }
}
