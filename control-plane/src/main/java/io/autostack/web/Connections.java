package io.autostack.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How many connections there may be, from one address and in all, and how long one may take to say what it
/// wants: a head and a body each have a time in which they must be complete, however busily they trickle.
@ApplicationScoped
class Connections {

    private static final int FIRST = 990;
    private static final int LINGER_MILLIS = 1_000;
    private static final AttributeKey<Line> LINE = AttributeKey.valueOf("autostack.line");
    private static final AttributeKey<Boolean> WATCHED = AttributeKey.valueOf("autostack.watched");
    private static final Logger LOG = Logger.getLogger(Connections.class);

    private final Vertx vertx;
    private final int mostPerAddress;
    private final int most;
    private final Duration head;
    private final Duration body;
    private final Duration pause;
    private final Map<String, Integer> counts = new HashMap<>();
    private final SequencedSet<Line> waiting = new LinkedHashSet<>();
    private int count;

    @Inject
    Connections(
            Vertx vertx,
            @ConfigProperty(name = "autostack.http.connections-per-address") int mostPerAddress,
            @ConfigProperty(name = "autostack.http.connections") int most,
            @ConfigProperty(name = "autostack.http.head-within") Duration head,
            @ConfigProperty(name = "autostack.http.body-within") Duration body,
            @ConfigProperty(name = "autostack.http.next-request-within") Duration pause) {
        this.vertx = vertx;
        this.mostPerAddress = mostPerAddress;
        this.most = most;
        this.head = head;
        this.body = body;
        this.pause = pause;
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
                line.requested();
                context.addEndHandler(over -> line.answered());
            }
            limitBody(context);
        }
        context.next();
    }

    private void limitBody(RoutingContext context) {
        var request = context.request();
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && (length == null || length.equals("0")))
            return;
        long timer = vertx.setTimer(body.toMillis(), late -> {
            if (!request.isEnded()) request.connection().close();
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
        request.handler(null).resume();
        context.vertx().setTimer(LINGER_MILLIS, late -> {
            if (!request.isEnded()) request.connection().close();
        });
    }

    /// Ends the connection after an answer that asked for nothing more.
    static void leave(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) request.connection().close();
        else {
            request.handler(null).resume();
            context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
        }
    }

    private void watch(@Nullable Channel server) {
        if (server == null || server.attr(WATCHED).setIfAbsent(true) != null) return;
        server.pipeline().addFirst(new Door());
    }

    /// Sees every connection before the server does.
    @Sharable
    private final class Door extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel channel) {
                var line = new Line(channel, address(channel.remoteAddress()));
                if (!admit(line)) {
                    channel.unsafe().closeForcibly();
                    return;
                }
                channel.attr(LINE).set(line);
                channel.pipeline().addFirst(new Ear(line));
                channel.closeFuture().addListener(closed -> gone(line));
                line.closeAfter(head, context.executor());
            }
            context.fireChannelRead(message);
        }
    }

    /// Hears when somebody begins to say what it wants.
    private static final class Ear extends ChannelInboundHandlerAdapter {

        private final Line line;

        Ear(Line line) {
            this.line = line;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            line.heard();
            context.fireChannelRead(message);
        }
    }

    /// One connection.
    private final class Line {

        private final Channel channel;
        private final String address;
        private boolean speaking = true;
        private int requests;
        private @Nullable Future<?> deadline;

        Line(Channel channel, String address) {
            this.channel = channel;
            this.address = address;
        }

        /// The first bytes of another request's head.
        synchronized void heard() {
            if (speaking || requests > 0) return;
            speaking = true;
            forget();
            closeAfter(head, channel.eventLoop());
        }

        synchronized void requested() {
            requests++;
            speaking = false;
            if (deadline != null) deadline.cancel(false);
            deadline = null;
            busy(this);
        }

        synchronized void answered() {
            if (--requests > 0 || !channel.isActive()) return;
            closeAfter(pause, channel.eventLoop());
            idle(this);
        }

        synchronized void closeAfter(Duration time, EventExecutor executor) {
            if (requests == 0)
                deadline = executor.schedule(() -> channel.close(), time.toMillis(), TimeUnit.MILLISECONDS);
        }

        synchronized void forget() {
            if (deadline != null) deadline.cancel(false);
            deadline = null;
        }
    }

    /// Where there is no room, the one that has waited longest without asking for anything makes way.
    private boolean admit(Line line) {
        Line longest = null;
        synchronized (this) {
            boolean here = counts.getOrDefault(line.address, 0) >= mostPerAddress;
            if (here || count >= most) {
                longest = longestWaiting(here ? line.address : null);
                if (longest == null) return false;
                waiting.remove(longest);
            }
            counts.merge(line.address, 1, Integer::sum);
            count++;
            waiting.add(line);
        }
        if (longest != null) longest.channel.close();
        return true;
    }

    private @Nullable Line longestWaiting(@Nullable String address) {
        for (var line : waiting) if (address == null || line.address.equals(address)) return line;
        return null;
    }

    private synchronized void busy(Line line) {
        waiting.remove(line);
    }

    private synchronized void idle(Line line) {
        if (line.channel.isActive()) waiting.add(line);
    }

    private void gone(Line line) {
        line.forget();
        synchronized (this) {
            waiting.remove(line);
            count--;
            counts.computeIfPresent(line.address, (address, many) -> many == 1 ? null : many - 1);
        }
    }

    /// Whoever has one IPv6 address has 2⁶⁴ of them.
    private static String address(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress internet)) return "local";
        var bytes = internet.getAddress().getAddress();
        return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
