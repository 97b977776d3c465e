package io.autostack.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Headers that every answer carries, whoever makes it: nothing may run or load that is not ours.
@ApplicationScoped
class SecurityHeaders {

    private static final String SWAGGER = "/q/";

    private final String policy;

    @Inject
    SecurityHeaders(@ConfigProperty(name = "autostack.oidc.issuer") URI issuer) {
        var identityProvider = issuer.getScheme() + "://" + issuer.getAuthority();
        this.policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                + " connect-src 'self'; form-action 'self' " + identityProvider
                + "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, 1000);
    }

    private void add(RoutingContext context) {
        context.addHeadersEndHandler(end -> set(context.normalizedPath(), context.response()));
        context.next();
    }

    private void set(String path, HttpServerResponse response) {
        var headers = response.headers();
        // The bundled API browser brings inline scripts of its own; it is a developer's page, not the portal.
        if (!path.startsWith(SWAGGER)) headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
