package io.autostack.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// `Idempotency-Key` on unsafe API calls: the same key and body get the stored answer for 24 hours, another
/// body is refused, and a call whose first attempt still runs is told so.
@ApplicationScoped
class Idempotency {

    static final String HEADER = "Idempotency-Key";

    private static final String RUNNING = "autostack.idempotent-call";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final int MAX_KEY_LENGTH = 200;

    /// An answer that says "later" must not be the answer then.
    private static final int TRY_AGAIN = 429;
    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Callers callers;
    private final IdempotentCalls calls;
    private final ObjectMapper json;

    @Inject
    Idempotency(Callers callers, IdempotentCalls calls, ObjectMapper json) {
        this.callers = callers;
        this.calls = calls;
        this.json = json;
    }

    @ServerRequestFilter(readBody = true)
    public Optional<Response> before(ContainerRequestContext request) throws IOException {
        var key = request.getHeaderString(HEADER);
        if (key == null
                || !UNSAFE.contains(request.getMethod())
                || !request.getUriInfo().getPath().startsWith("/api/")) return Optional.empty();
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH)
            throw Problem.field(HEADER, "must have 1 to " + MAX_KEY_LENGTH + " characters")
                    .exception();
        var caller = callers.current();
        if (!caller.signedIn()) return Optional.empty();
        var call = new IdempotentCalls.Call(caller.kind() + ":" + caller.id(), key, fingerprint(request));
        return switch (calls.begin(call)) {
            case IdempotentCalls.Begun.First() -> {
                request.setProperty(RUNNING, call);
                yield Optional.empty();
            }
            case IdempotentCalls.Begun.OtherRequest() ->
                throw Problem.of(
                                ProblemType.KEY_REUSED,
                                "Take a new key for a new request; this one is used for 24 hours.")
                        .exception();
            case IdempotentCalls.Begun.StillRunning() ->
                throw Problem.of(ProblemType.STILL_RUNNING, "Ask again in a moment with the same key.")
                        .exception();
            case IdempotentCalls.Begun.Answered(var answer) -> Optional.of(replay(answer));
        };
    }

    @ServerResponseFilter
    public void after(ContainerRequestContext request, ContainerResponseContext response)
            throws JsonProcessingException {
        if (!(request.getProperty(RUNNING) instanceof IdempotentCalls.Call call)) return;
        if (response.getStatus() >= 500 || response.getStatus() == TRY_AGAIN) {
            calls.forget(call);
            return;
        }
        var entity = response.getEntity();
        var body = entity == null
                ? new byte[0]
                : entity instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : json.writeValueAsBytes(entity);
        var type = response.getMediaType() == null
                ? MediaType.APPLICATION_JSON
                : response.getMediaType().toString();
        calls.finish(
                call,
                new IdempotentCalls.Answer(
                        response.getStatus(), type, response.getHeaderString(HttpHeaders.LOCATION), body));
    }

    private static Response replay(IdempotentCalls.Answer answer) {
        var response = Response.status(answer.status()).header(REPLAYED, "true");
        if (answer.location() != null) response.header(HttpHeaders.LOCATION, answer.location());
        if (answer.body().length > 0)
            response.type(answer.contentType()).entity(new String(answer.body(), StandardCharsets.UTF_8));
        return response.build();
    }

    /// The body is read here and put back for the endpoint.
    private static byte[] fingerprint(ContainerRequestContext request) throws IOException {
        try (InputStream body = request.getEntityStream()) {
            var bytes = body == null ? new byte[0] : body.readAllBytes();
            request.setEntityStream(new ByteArrayInputStream(bytes));
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getMethod() + " "
                            + request.getUriInfo().getRequestUri().getPath() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
