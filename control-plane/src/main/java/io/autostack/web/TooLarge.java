package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body that says of itself that it is beyond the limit, with a problem. The server would refuse it
/// too, but without a word.
@ApplicationScoped
class TooLarge {

    private static final int AFTER_SECURITY_HEADERS = 900;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final EarlyAnswer answer;
    private final long max;

    @Inject
    TooLarge(EarlyAnswer answer, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.answer = answer;
        this.max = max.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_SECURITY_HEADERS);
    }

    private void check(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !LENGTH.matcher(length).matches() || Long.parseLong(length) <= max) {
            request.next();
            return;
        }
        answer.refuse(request, ProblemType.TOO_LARGE, ProblemAnswers.TOO_LARGE);
    }
}
