package io.autostack.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.shared.Problem;
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

/// Refuses a body that says of itself that it is beyond the limit, with a problem. The server would refuse it too, but
/// without a word.
@ApplicationScoped
class TooLarge {

    private static final int AFTER_SECURITY_HEADERS = 900;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final ObjectMapper json;
    private final long most;

    @Inject
    TooLarge(ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.json = json;
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_SECURITY_HEADERS);
    }

    private void check(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !LENGTH.matcher(length).matches() || Long.parseLong(length) <= most) {
            request.next();
            return;
        }
        var problem = Problem.of(ProblemType.TOO_LARGE, ProblemAnswers.TOO_LARGE);
        request.response()
                .setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswers.JSON)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(text(problem, request.normalizedPath()))
                .onComplete(sent -> request.request().connection().close());
    }

    private String text(Problem problem, String path) {
        try {
            return json.writeValueAsString(ProblemAnswers.json(problem, path, null));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem is always JSON", impossible);
        }
    }
}
