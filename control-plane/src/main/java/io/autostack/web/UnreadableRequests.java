package io.autostack.web;

import io.autostack.shared.ProblemType;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// Says in words what is wrong with what the server's parser cannot make a request of. It is the caller's
/// fault: nothing of it is worth a line in the log of everyday.
@ApplicationScoped
class UnreadableRequests {

    private static final int LINGER_MILLIS = 1_000;
    private static final Logger LOG = Logger.getLogger(UnreadableRequests.class);

    private final Vertx vertx;
    private final EarlyAnswer answer;

    @Inject
    UnreadableRequests(Vertx vertx, EarlyAnswer answer) {
        this.vertx = vertx;
        this.answer = answer;
    }

    /// What the parser lets through although it names no host, several, or no path. The server would refuse most
    /// of it too, but without a word, and with an error in the log.
    static void mustBeForUs(HttpRequest request) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        var version = request.protocolVersion();
        boolean forUs = version.protocolName().equals("HTTP")
                && version.majorVersion() == 1
                && hosts.size() == 1
                && HostAndPort.parseAuthority(hosts.getFirst(), -1) != null
                && request.uri().startsWith("/");
        if (forUs || request.decoderResult().isFailure()) return;
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no host, several, or no path")));
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    static boolean isBrokenBody(HttpObject part) {
        return part instanceof HttpContent
                && !(part instanceof HttpRequest)
                && part.decoderResult().isFailure();
    }

    /// An answer that is ended would be followed by the end of the connection at once, and that would take the
    /// answer with it when more of the request is on its way. So it is written whole, our direction is closed,
    /// and the rest is thrown away for a moment.
    void refuse(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        LOG.debugf("a request that cannot be read: %s", cause);
        var type = cause instanceof TooLongHttpLineException
                ? ProblemType.ADDRESS_TOO_LONG
                : cause instanceof TooLongHttpHeaderException
                        ? ProblemType.HEAD_TOO_LARGE
                        : ProblemType.MALFORMED_REQUEST;
        var text = Buffer.buffer(answer.text(
                type,
                switch (type) {
                    case ADDRESS_TOO_LONG -> "The request's first line is longer than is read here.";
                    case HEAD_TOO_LARGE -> "The request's headers are more than is read here.";
                    default -> "This is not a well-formed HTTP/1.1 request for a path and one host.";
                },
                "/"));
        var response = request.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswers.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        if (request.method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length()))
                .write(text)
                .onComplete(sent -> hangUp(request));
    }

    /// The head was in order and is being answered; what follows it is not what it announced.
    void refuseBody(RoutingContext context) {
        LOG.debug("a body that cannot be read");
        if (!context.response().headWritten())
            answer.refuse(context, ProblemType.MALFORMED_REQUEST, "The body is not encoded as its head announces.");
    }

    private void hangUp(HttpServerRequest request) {
        if (((ConnectionBase) request.connection()).channel() instanceof DuplexChannel channel)
            channel.shutdownOutput();
        vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
    }
}
