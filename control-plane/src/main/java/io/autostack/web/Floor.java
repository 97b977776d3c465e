package io.autostack.web;

import io.autostack.identity.Callers;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// What a page cannot be faster than, for benchmarks alone: with `?floor` a caller gets a page that it was given
/// before.
/// Finding out who asks is one indexed select, and the template is the page's own with the same data.
@Singleton
class Floor {

    private static final String WORD = "floor";
    private static final String RENDERED = "autostack.rendered-page";

    private final boolean measured;
    private final Callers callers;
    private final CurrentVertxRequest request;
    private final Map<Page, TemplateInstance> given = new ConcurrentHashMap<>();

    @Inject
    Floor(
            @ConfigProperty(name = "autostack.bench.floor", defaultValue = "false") boolean measured,
            Callers callers,
            CurrentVertxRequest request) {
        this.measured = measured;
        this.callers = callers;
        this.request = request;
    }

    private record Page(String caller, String path) {}

    @ServerRequestFilter
    public Optional<Response> again(ContainerRequestContext request) {
        if (!measured || !request.getUriInfo().getQueryParameters().containsKey(WORD)) return Optional.empty();
        return Optional.ofNullable(given.get(page(request)))
                .map(page -> Response.ok(page.render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .build());
    }

    @ServerResponseFilter
    public void remember(ContainerRequestContext asked) {
        if (measured && request.getCurrent().get(RENDERED) instanceof TemplateInstance page)
            given.put(page(asked), page);
    }

    private Page page(ContainerRequestContext request) {
        return new Page(callers.current().id(), request.getUriInfo().getPath());
    }

    /// Notes what a request renders.
    @Singleton
    static class Rendered implements TemplateInstance.Initializer {

        private final boolean measured;
        private final CurrentVertxRequest request;

        @Inject
        Rendered(
                @ConfigProperty(name = "autostack.bench.floor", defaultValue = "false") boolean measured,
                CurrentVertxRequest request) {
            this.measured = measured;
            this.request = request;
        }

        @Override
        public void accept(TemplateInstance page) {
            var running = measured ? request.getCurrent() : null;
            if (running != null) running.put(RENDERED, page);
        }
    }
}
