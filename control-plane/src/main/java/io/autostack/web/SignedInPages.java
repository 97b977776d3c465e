package io.autostack.web;

import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Pages for people who are signed in. A page leads a stranger to the identity provider; what a script asks for
/// in order to put it into a page (a fragment, a stream) must not: it gets a 401 that says how to sign in.
@ApplicationScoped
class SignedInPages implements HttpSecurityPolicy {

    private static final String PART = "autostack.part-of-a-page";

    @Override
    public String name() {
        return "signed-in";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext work) {
        if (isPart(context.request())) {
            context.put(PART, true);
            return CheckResult.permit();
        }
        return identity.map(known -> known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
    }

    /// Whether a person opens a page, so that the answer may lead elsewhere.
    static boolean isPage(HttpServerRequest request) {
        return request.method() == HttpMethod.GET
                && contains(request, "Accept", "text/html")
                && request.getHeader("Authorization") == null
                && !request.path().startsWith("/api/")
                && !isPart(request);
    }

    private static boolean isPart(HttpServerRequest request) {
        return "true".equals(request.getHeader("HX-Request"))
                || contains(request, "Accept", "text/event-stream")
                || contains(request, "X-Requested-With", "XMLHttpRequest")
                || contains(request, "Sec-Fetch-Dest", "empty");
    }

    private static boolean contains(HttpServerRequest request, String header, String value) {
        var sent = request.getHeader(header);
        return sent != null && sent.contains(value);
    }

    /// Ends requests for parts of such pages that nobody signed in makes.
    static class Parts {

        private final CurrentVertxRequest request;
        private final Callers callers;

        @Inject
        Parts(CurrentVertxRequest request, Callers callers) {
            this.request = request;
            this.callers = callers;
        }

        @ServerRequestFilter
        public void check() {
            var running = request.getCurrent();
            if (running == null
                    || running.get(PART) == null
                    || callers.current().signedIn()) return;
            throw Problem.of(ProblemType.NOT_SIGNED_IN, "Your session has ended. Sign in again to go on.")
                    .exception();
        }
    }
}
