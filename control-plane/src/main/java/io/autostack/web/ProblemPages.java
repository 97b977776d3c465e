package io.autostack.web;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.ProblemType;
import io.autostack.ui.problem.ProblemPage;
import io.autostack.ui.problem.ProblemPart;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Problems as pages, and as parts for a page that is open already.
@ApplicationScoped
class ProblemPages {

    private final Frames frames;
    private final Callers callers;

    @Inject
    ProblemPages(Frames frames, Callers callers) {
        this.frames = frames;
        this.callers = callers;
    }

    TemplateInstance page(Problem problem, @Nullable String traceId) {
        return new ProblemPage(frames.frame(problem.type().title(), caller(problem)), shown(problem, traceId));
    }

    TemplateInstance part(Problem problem, @Nullable String traceId) {
        return new ProblemPart(shown(problem, traceId));
    }

    private static io.autostack.ui.problem.Problem shown(Problem problem, @Nullable String traceId) {
        var detail = problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().stream().map(ProblemPages::sentence).collect(Collectors.joining(" "));
        return new io.autostack.ui.problem.Problem(
                problem.type().status(), problem.type().title(), detail, wayOut(problem.type()), traceId);
    }

    private static String sentence(FieldError error) {
        return "“" + error.field() + "” " + error.message() + ".";
    }

    private static @Nullable String wayOut(ProblemType type) {
        return switch (type) {
            case NOT_SIGNED_IN -> "Sign in, then come back to this address.";
            case NOT_FOUND -> "Check the address, or start at the home page.";
            case NOT_ALLOWED -> "Sign in as somebody who may, or ask for the role.";
            case CROSS_SITE -> "Go back, reload the page and send the form again.";
            case UNAVAILABLE, TOO_MANY_REQUESTS -> "Wait a moment and reload.";
            case INTERNAL -> "Quote the trace id when you ask an operator.";
            default -> null;
        };
    }

    /// A page about a failed sign-in cannot ask who is signed in, and neither can one about an address where
    /// nothing is: that is found out on a thread that must not wait.
    private Caller caller(Problem problem) {
        if (problem.type() == ProblemType.NOT_SIGNED_IN || !BlockingOperationControl.isBlockingAllowed())
            return Caller.nobody();
        try {
            return callers.current();
        } catch (AuthenticationFailedException _) {
            return Caller.nobody();
        }
    }
}
