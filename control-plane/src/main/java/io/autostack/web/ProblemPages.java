package io.autostack.web;

import io.autostack.shared.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Problems as pages.
@ApplicationScoped
class ProblemPages {

    Object page(Problem problem, @Nullable String traceId) {
        return "<!doctype html><title>" + problem.type().title() + "</title>";
    }
}
