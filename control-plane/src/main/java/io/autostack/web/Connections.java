package io.autostack.web;

import io.autostack.web.ConnectionLimits.Admission;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Watches connections from before their first byte: how many there may be, and how long one may take to say
/// what it wants. A head and a body each have a time in which they must be complete, however busily they trickle.
@ApplicationScoped
class Connections {

    private static final int FIRST = 990;
    private static final int LINGER_MILLIS = 1_000;
    private static final long MAX_DROPPED = 16_777_216;
    private static final String SERVER = "handler";
    private static final String READER = "autostack.reader";
    private static final AttributeKey<Line> LINE = AttributeKey.valueOf("autostack.line");
    private static final AttributeKey<Boolean> WATCHED = AttributeKey.valueOf("autostack.watched");
    private static final Logger LOG = Logger.getLogger(Connections.class);

    private final Vertx vertx;
    private final UnreadableRequests unreadable;
    private final ConnectionLimits<Line> limits;
    private final Line.Times times;
    private final Duration body;

    @Inject
    Connections(
            Vertx vertx,
            UnreadableRequests unreadable,
            @ConfigProperty(name = "autostack.http.connections-per-address") int maxPerAddress,
            @ConfigProperty(name = "autostack.http.connections") int max,
            @ConfigProperty(name = "autostack.http.head-within") Duration head,
            @ConfigProperty(name = "autostack.http.body-within") Duration body,
            @ConfigProperty(name = "autostack.http.next-request-within") Duration pause) {
        this.vertx = vertx;
        this.unreadable = unreadable;
        this.limits = new ConnectionLimits<>(maxPerAddress, max);
        this.times = new Line.Times(head, pause);
        this.body = body;
    }

    void register(@Observes Filters filters) {
        filters.register(this::arrived, FIRST);
    }

    /// The server's listening channel is reached through a connection to it, so the first one is our own.
    void listening(@ObservesAsync HttpServerStart started) {
        var options = started.options();
        var host = options.getHost().equals("0.0.0.0") ? "127.0.0.1" : options.getHost();
        vertx.createNetClient()
                .connect(options.getPort(), host)
                .compose(socket ->
                        socket.write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .onFailure(missed -> LOG.warn("connections are watched from the first request on", missed));
    }

    private void arrived(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            var channel = connection.channel();
            watch(channel.parent());
            var line = channel.attr(LINE).get();
            if (line != null) {
                line.requested(context);
                context.addEndHandler(over -> line.answered(context));
            }
            limitBody(context, line);
        }
        context.next();
    }

    private void limitBody(RoutingContext context, @Nullable Line line) {
        var request = context.request();
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && (length == null || length.equals("0")))
            return;
        long timer = vertx.setTimer(body.toMillis(), late -> {
            if (line == null ? !request.isEnded() : line.isSending(context))
                request.connection().close();
        });
        context.addEndHandler(over -> {
            vertx.cancelTimer(timer);
            if (!request.isEnded()) dropRest(context);
        });
    }

    /// Throws away what is still on its way of a request that is answered already, for a moment: an end at once
    /// would take the answer with it (RFC 9112 §9.6). Whoever goes on sending is cut off.
    private static void dropRest(RoutingContext context) {
        var request = context.request();
        drop(request);
        context.vertx().setTimer(LINGER_MILLIS, late -> {
            if (!request.isEnded()) request.connection().close();
        });
    }

    /// Ends the connection after an answer that asked for nothing more.
    static void leave(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) request.connection().close();
        else {
            drop(request);
            context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
        }
    }

    private static void drop(HttpServerRequest request) {
        var dropped = new AtomicLong();
        request.handler(part -> {
                    if (dropped.addAndGet(part.length()) > MAX_DROPPED)
                        request.connection().close();
                })
                .resume();
    }

    private void watch(@Nullable Channel server) {
        if (server == null || server.attr(WATCHED).setIfAbsent(true) != null) return;
        server.pipeline().addFirst(new ConnectionGuard());
    }

    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress internet ? ConnectionLimits.address(internet.getAddress()) : "local";
    }

    /// Sees every connection before the server does.
    @Sharable
    private final class ConnectionGuard extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel channel) {
                var line = new Line(channel, limits, times);
                switch (limits.admit(line, address(channel.remoteAddress()))) {
                    case Admission.Refused<Line>() -> {
                        channel.unsafe().closeForcibly();
                        return;
                    }
                    case Admission.InPlaceOf<Line>(var other) -> other.close();
                    case Admission.Admitted<Line>() -> {}
                }
                channel.attr(LINE).set(line);
                channel.pipeline().addFirst(new Ear(line));
                channel.closeFuture().addListener(closed -> line.closed());
            }
            context.fireChannelRead(message);
        }
    }

    /// Hears bytes, before the server makes a request of them.
    private final class Ear extends ChannelInboundHandlerAdapter {

        private final Line line;
        private boolean serverIsThere;

        Ear(Line line) {
            this.line = line;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            line.opened();
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var pipeline = context.pipeline();
            if (!serverIsThere
                    && pipeline.get(SERVER) instanceof VertxHandler<?> server
                    && server.getConnection() instanceof HttpServerConnection connection) {
                serverIsThere = true;
                connection.invalidRequestHandler(unreadable::refuse);
                pipeline.addBefore(SERVER, READER, new Reader(line));
            }
            line.heard();
            context.fireChannelRead(message);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            line.writable(context.channel().isWritable());
            context.fireChannelWritabilityChanged();
        }
    }

    /// Reads along what the server's parser made of the bytes.
    private final class Reader extends ChannelInboundHandlerAdapter {

        private final Line line;

        /// What comes after something that is no request is none either.
        private boolean refused;

        Reader(Line line) {
            this.line = line;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (refused) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpRequest request) {
                UnreadableRequests.mustBeForUs(request);
                refused = request.decoderResult().isFailure();
            }
            if (message instanceof HttpObject part) {
                line.read(part);
                if (UnreadableRequests.isBrokenBody(part)) {
                    // The server would end the connection at once, and an answer on its way with it.
                    ReferenceCountUtil.release(message);
                    var asked = line.asked();
                    if (asked != null) unreadable.refuseBody(asked);
                    return;
                }
            }
            context.fireChannelRead(message);
        }
    }
}
