package io.autostack.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.TransientException;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import io.opentelemetry.api.trace.Span;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.handlers.FormBodyHandler;
import org.jspecify.annotations.Nullable;

/// Turns everything that can end a request into one of the catalogue's problems: JSON for programs (RFC 9457),
/// a page for people. Bugs and outages are logged here, once.
@ApplicationScoped
class ProblemAnswers {

    static final String JSON = "application/problem+json";
    static final String UNKNOWN_TOKEN = "The bearer token is unknown, expired or revoked. Get a new one.";
    static final String TOO_LARGE = "A request may have 10 MB at the most.";

    private static final int MAX_QUOTE_LENGTH = 200;
    private static final String NOT_IN_CHARACTER_SET = "22021";
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

    private final UriInfo address;
    private final HttpHeaders headers;
    private final ProblemPages pages;
    private final AllowedMethods methods;
    private final CurrentVertxRequest request;

    @Inject
    ProblemAnswers(
            UriInfo address,
            HttpHeaders headers,
            ProblemPages pages,
            AllowedMethods methods,
            CurrentVertxRequest request) {
        this.request = request;
        this.methods = methods;
        this.address = address;
        this.headers = headers;
        this.pages = pages;
    }

    @ServerExceptionMapper
    public Response expected(ProblemException expected) {
        return answer(expected.problem());
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    public Response notSignedIn(RuntimeException refused) {
        var running = request.getCurrent();
        // The cookie of a session that has ended is taken away by this answer; without it the page leads to sign-in.
        if (running != null && SignedInPages.isPage(running.request()))
            return Response.status(302)
                    .location(URI.create(running.request().uri()))
                    .build();
        return answer(Problem.of(ProblemType.NOT_SIGNED_IN, UNKNOWN_TOKEN));
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException invalid) {
        return answer(Problem.fields(invalid.getConstraintViolations().stream()
                .map(violation -> {
                    var path = violation.getPropertyPath().toString();
                    return new Problem.FieldError(path.substring(path.lastIndexOf('.') + 1), violation.getMessage());
                })
                .toList()));
    }

    /// The framework has mappers of its own for these two, with empty answers; ours must be as exact to win.
    @ServerExceptionMapper({
        MismatchedInputException.class,
        UnrecognizedPropertyException.class,
        JsonMappingException.class,
        JsonParseException.class
    })
    public Response misfit(JacksonException misfit) {
        return answer(unreadableJson(misfit));
    }

    @ServerExceptionMapper
    public Response unreadable(JacksonException unreadable) {
        return answer(unreadableJson(unreadable));
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException thrown) {
        int status = thrown.getResponse().getStatus();
        if (status < 400) return thrown.getResponse();
        if (thrown.getCause() instanceof JacksonException json) return answer(unreadableJson(json));
        if (status >= 500 && isGone()) return gone(thrown);
        if (status >= 500) LOG.error("request failed", thrown);
        return answer(
                switch (status) {
                    case 400 -> Problem.of(ProblemType.MALFORMED_REQUEST, "The request cannot be read.");
                    case 401 -> Problem.of(ProblemType.NOT_SIGNED_IN, "Send a bearer token, or sign in.");
                    case 403 -> Problem.of(ProblemType.NOT_ALLOWED, "You may not do this.");
                    case 404 -> Problem.notFound("Nothing is at this address.");
                    case 405 ->
                        Problem.of(
                                ProblemType.METHOD_NOT_ALLOWED, "Use another method; Allow lists the ones there are.");
                    case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "Ask for another media type.");
                    case 413 -> Problem.of(ProblemType.TOO_LARGE, TOO_LARGE);
                    case 415 ->
                        Problem.of(ProblemType.WRONG_CONTENT_TYPE, "Send a content type that is documented here.");
                    default ->
                        status < 500
                                ? Problem.of(ProblemType.MALFORMED_REQUEST, "The request cannot be served as it is.")
                                : Problem.of(
                                        ProblemType.INTERNAL, "Try again; if it stays, tell an operator the trace id.");
                });
    }

    /// It is there, and only the replica beside it can answer.
    @ServerExceptionMapper
    public Response elsewhere(LivesElsewhere elsewhere) {
        return answer(Problem.of(ProblemType.UNAVAILABLE, elsewhere.where()));
    }

    /// What a step would wait for or say, asked outside of one.
    @ServerExceptionMapper
    public Response notNow(OutcomeException stands) {
        return answer(Problem.of(ProblemType.UNAVAILABLE, asSentence(String.valueOf(stands.getMessage()))));
    }

    @ServerExceptionMapper
    public Response silent(TransientException trouble) {
        LOG.warn("the cloud did not answer as expected", trouble);
        return answer(Problem.of(ProblemType.UNAVAILABLE, trouble.sentence()));
    }

    private static String asSentence(String words) {
        var begun = words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }

    @ServerExceptionMapper({SQLException.class, PersistenceException.class})
    public Response outage(Exception outage) {
        if (isUnstorable(outage))
            return answer(Problem.of(
                    ProblemType.MALFORMED_REQUEST, "The request holds a character that no text may have (NUL)."));
        LOG.error("the database did not answer as expected", outage);
        return answer(Problem.of(
                ProblemType.UNAVAILABLE, "The database did not answer. Nothing was half-done; try again in a moment."));
    }

    @ServerExceptionMapper
    public Response bug(Exception bug) {
        if (isGone()) return gone(bug);
        if (bug instanceof IOException && isReadingForm(bug))
            return answer(Problem.of(ProblemType.MALFORMED_REQUEST, "The form is not well-formed, or not complete."));
        for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException expected) return expected(expected);
            if (cause instanceof LivesElsewhere elsewhere) return elsewhere(elsewhere);
            if (cause instanceof OutcomeException stands) return notNow(stands);
            if (cause instanceof TransientException trouble) return silent(trouble);
            if (cause instanceof SQLException || cause instanceof PersistenceException) return outage(bug);
        }
        LOG.error("request failed", bug);
        return answer(Problem.of(
                ProblemType.INTERNAL, "Try again; if it stays, tell an operator the trace id of this answer."));
    }

    /// Whoever sent the request has left; nobody reads an answer, and nothing is wrong on our side.
    private boolean isGone() {
        var running = request.getCurrent();
        return running != null && running.response().closed();
    }

    private static Response gone(Exception left) {
        LOG.debugf("the caller left before the answer: %s", left.getMessage());
        return Response.status(ProblemType.MALFORMED_REQUEST.status()).build();
    }

    /// The framework's parser of forms has no exception of its own.
    private static boolean isReadingForm(Exception bug) {
        return Arrays.stream(bug.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(FormBodyHandler.class.getName()));
    }

    /// PostgreSQL has no place for NUL in a text, whatever the field.
    private static boolean isUnstorable(Throwable outage) {
        for (Throwable cause = outage; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException refused && NOT_IN_CHARACTER_SET.equals(refused.getSQLState()))
                return true;
        return false;
    }

    private static Problem unreadableJson(JacksonException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause())
            if (cause instanceof StreamReadException misspelt)
                return Problem.of(
                        ProblemType.MALFORMED_REQUEST,
                        "The body is not JSON that is accepted here: " + sentence(misspelt.getOriginalMessage()));
        if (unreadable instanceof UnrecognizedPropertyException unknown)
            return Problem.field(path(unknown), "is not known here; leave it out or correct its name");
        if (unreadable instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty())
            return Problem.field(path(mapping), "does not have the form that is documented");
        return Problem.of(ProblemType.MALFORMED_REQUEST, "The body is not well-formed JSON.");
    }

    private static String path(JsonMappingException mapping) {
        return String.join(
                ".",
                mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "" + part.getIndex() : part.getFieldName())
                        .toList());
    }

    /// What the parser says, without pieces of the body that go on for ever.
    private static String sentence(String said) {
        return (said.length() <= MAX_QUOTE_LENGTH ? said : said.substring(0, MAX_QUOTE_LENGTH) + "…") + ".";
    }

    private Response answer(Problem problem) {
        var response = Response.status(problem.type().status());
        if (problem.type() == ProblemType.METHOD_NOT_ALLOWED)
            response.header(HttpHeaders.ALLOW, methods.of(address.getPath()));
        if (problem.type() == ProblemType.NOT_SIGNED_IN) response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        if (problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.TOO_MANY_REQUESTS)
            response.header(HttpHeaders.RETRY_AFTER, "5");
        if (wantsPage()) {
            response.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
            if (!"true".equals(headers.getHeaderString("HX-Request")))
                return response.entity(pages.page(problem, traceId()).render()).build();
            return response.header("HX-Retarget", "#problem")
                    .header("HX-Reswap", "innerHTML")
                    .header("HX-Reselect", ".message")
                    .entity(pages.part(problem, traceId()).render())
                    .build();
        }
        return response.type(JSON)
                .entity(json(problem, address.getPath(), traceId()))
                .build();
    }

    private boolean wantsPage() {
        if (address.getPath().startsWith("/api/")) return false;
        if ("true".equals(headers.getHeaderString("HX-Request"))) return true;
        return headers.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType());
    }

    static Map<String, Object> json(Problem problem, String instance, @Nullable String traceId) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "/problems/" + problem.type().slug());
        members.put("title", problem.type().title());
        members.put("status", problem.type().status());
        members.put("detail", problem.detail());
        members.put("instance", instance);
        if (!problem.errors().isEmpty())
            members.put(
                    "errors",
                    problem.errors().stream()
                            .map(error -> Map.of(
                                    "pointer", "/" + error.field().replace('.', '/'),
                                    "field", error.field(),
                                    "message", error.message()))
                            .toList());
        members.putAll(problem.extra());
        if (traceId != null) members.put("traceId", traceId);
        return members;
    }

    private static @Nullable String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
