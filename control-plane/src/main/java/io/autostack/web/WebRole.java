package io.autostack.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// A replica whose `autostack.roles` has no `web` answers health and metrics only.
@ApplicationScoped
class WebRole {

    private static final String MANAGEMENT = "/q/";

    private final List<String> roles;

    @Inject
    WebRole(@ConfigProperty(name = "autostack.roles") List<String> roles) {
        this.roles = roles;
    }

    void register(@Observes Filters filters) {
        if (!roles.contains("web")) filters.register(WebRole::refuse, 900);
    }

    private static void refuse(RoutingContext context) {
        if (context.request().path().startsWith(MANAGEMENT)) context.next();
        else context.response().setStatusCode(503).end("This replica serves no pages: autostack.roles has no web.\n");
    }
}
