package io.autostack.web;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Refuses unsafe requests that another site made a browser send (OWASP: fetch metadata, then origin). Cookies
/// are SameSite=Lax besides. Programs with a bearer token send neither cookies nor these headers and pass.
class CrossSiteGuard {

    private final PublicAddress address;

    @Inject
    CrossSiteGuard(PublicAddress address) {
        this.address = address;
    }

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) return;
        var site = request.getHeaderString("Sec-Fetch-Site");
        var origin = request.getHeaderString("Origin");
        var refused = site != null
                ? !OWN_SITE.contains(site)
                : origin != null
                        ? !address.isOrigin(origin)
                                && !sameOrigin(origin, request.getUriInfo().getBaseUri())
                        : !request.getCookies().isEmpty();
        if (refused)
            throw Problem.of(ProblemType.CROSS_SITE, "Send this form from AutoStack's own pages.")
                    .exception();
    }

    private static boolean sameOrigin(@Nullable String origin, URI own) {
        try {
            var from = URI.create(origin == null ? "" : origin);
            return own.getScheme().equals(from.getScheme())
                    && own.getAuthority().equals(from.getAuthority());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
