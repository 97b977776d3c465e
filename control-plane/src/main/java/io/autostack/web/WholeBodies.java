package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Lets nobody hold a thread by sending slowly: a body is there to its end before anybody begins to work on it.
@ApplicationScoped
class WholeBodies {

    private static final int AFTER_AUTHORIZATION = 50;
    private static final long MAX_FORM_BYTES = 65_536;
    private static final Logger LOG = Logger.getLogger(WholeBodies.class);

    private final EarlyAnswer answer;
    private final long maxBytes;

    @Inject
    WholeBodies(EarlyAnswer answer, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longest) {
        this.answer = answer;
        this.maxBytes = longest.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, AFTER_AUTHORIZATION);
    }

    private void read(RoutingContext context) {
        var request = context.request();
        if (!UnauthenticatedBodies.hasBody(context) || request.isEnded()) {
            context.next();
            return;
        }
        boolean isForm = !context.normalizedPath().startsWith("/api/");
        long max = isForm ? MAX_FORM_BYTES : maxBytes;
        var whole = Buffer.buffer();
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)))
            context.response().writeContinue();
        request.exceptionHandler(left -> LOG.debugf("the caller left before the end of its body: %s", left))
                .endHandler(end -> {
                    if (context.response().ended()) return;
                    ((RoutingContextInternal) context).setBody(whole);
                    context.next();
                })
                .handler(part -> {
                    if (whole.length() + part.length() <= max) whole.appendBuffer(part);
                    else
                        answer.refuse(
                                context,
                                ProblemType.TOO_LARGE,
                                isForm ? "A form may have 64 KB at the most." : ProblemAnswers.TOO_LARGE);
                })
                .resume();
    }
}
