package io.autostack.web;

import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Keeps API tokens that are for one tenant off the pages: those are for people, and many show the whole platform.
class BoundTokens {

    private final Callers callers;

    @Inject
    BoundTokens(Callers callers) {
        this.callers = callers;
    }

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().startsWith("/api/")
                || callers.current().tenantBound().isEmpty()) return;
        throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant's API calls; people sign in for pages.")
                .exception();
    }
}
