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
        if (refuses(
                request.getMethod(),
                request.getHeaderString("Sec-Fetch-Site"),
                request.getHeaderString("Origin"),
                !request.getCookies().isEmpty(),
                request.getUriInfo().getBaseUri()))
            throw Problem.of(ProblemType.CROSS_SITE, "Send this form from AutoStack's own pages.")
                    .exception();
    }

    /// @param own where the request says it was sent
    boolean refuses(String method, @Nullable String site, @Nullable String origin, boolean cookies, URI own) {
        if (SAFE.contains(method)) return false;
        if (site != null) return !OWN_SITE.contains(site);
        if (origin != null) return !address.isOrigin(origin) && !sameOrigin(origin, own);
        return cookies;
    }

    private static boolean sameOrigin(String origin, URI own) {
        try {
            var from = URI.create(origin);
            return own.getScheme().equals(from.getScheme())
                    && own.getAuthority().equals(from.getAuthority());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
