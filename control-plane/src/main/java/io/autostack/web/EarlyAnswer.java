package io.autostack.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Refuses a request before anything of its body is read, and ends the connection: what else arrives there is
/// of no interest.
@ApplicationScoped
class EarlyAnswer {

    private final ObjectMapper json;

    @Inject
    EarlyAnswer(ObjectMapper json) {
        this.json = json;
    }

    void refuse(RoutingContext context, ProblemType type, String detail) {
        var response = context.response();
        if (response.ended() || response.closed()) return;
        if (type == ProblemType.NOT_SIGNED_IN) response.putHeader("WWW-Authenticate", "Bearer");
        response.setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswers.JSON)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(text(type, detail, context.request().path()))
                .onComplete(sent -> Connections.leave(context));
    }

    String text(ProblemType type, String detail, @Nullable String path) {
        try {
            return json.writeValueAsString(
                    ProblemAnswers.json(Problem.of(type, detail), path == null ? "/" : path, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
