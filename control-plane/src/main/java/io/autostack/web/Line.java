package io.autostack.web;

import io.autostack.web.ConnectionLimits.Activity;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection: what it is about, and until when it must have said what it wants. Times run on its own event
/// loop, which reads what has arrived before it looks at the clock: who was in time is never cut off.
final class Line {

    /// How long a head may take, and how long a connection may rest after an answer.
    record Times(Duration head, Duration pause) {}

    private final Channel channel;
    private final ConnectionLimits<Line> limits;
    private final Times times;
    private boolean inHead = true;
    private boolean inBody;
    private boolean stuck;
    private int requests;
    private @Nullable RoutingContext asked;
    private @Nullable Future<?> deadline;

    Line(Channel channel, ConnectionLimits<Line> limits, Times times) {
        this.channel = channel;
        this.limits = limits;
        this.times = times;
    }

    synchronized void opened() {
        mustAskWithin(times.head());
    }

    /// Bytes, perhaps the first of another request's head.
    synchronized void heard() {
        if (inHead || requests > 0) return;
        inHead = true;
        mustAskWithin(times.head());
        tell();
    }

    /// A part of a request, as it comes in.
    synchronized void read(HttpObject part) {
        if (part instanceof HttpRequest) {
            inBody = true;
            asked = null;
        }
        if (part instanceof LastHttpContent) {
            inBody = false;
            tell();
        }
    }

    synchronized void requested(RoutingContext context) {
        requests++;
        inHead = false;
        asked = context;
        forgetDeadline();
        tell();
    }

    synchronized void answered(RoutingContext context) {
        requests--;
        if (asked == context) asked = null;
        if (requests == 0 && channel.isActive()) mustAskWithin(times.pause());
        tell();
    }

    synchronized void writable(boolean again) {
        stuck = !again;
        tell();
    }

    synchronized void closed() {
        forgetDeadline();
        limits.left(this);
    }

    /// What is being answered, when the request that is being read is that one.
    synchronized @Nullable RoutingContext asked() {
        return asked;
    }

    /// Whether parts of this request's body are still on their way. The server's own answer is about what was taken
    /// from it so far, and a request that is worked on is not asked for more.
    synchronized boolean isSending(RoutingContext context) {
        return inBody && asked == context;
    }

    void close() {
        channel.close();
    }

    private void tell() {
        limits.now(this, activity());
    }

    private Activity activity() {
        if (requests == 0) return inHead ? Activity.SENDING_HEAD : Activity.IDLE;
        if (inBody) return Activity.SENDING_BODY;
        return stuck ? Activity.NOT_READING : Activity.BEING_SERVED;
    }

    private void mustAskWithin(Duration time) {
        forgetDeadline();
        deadline = channel.eventLoop().schedule(this::late, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void late() {
        if (requests == 0) channel.close();
    }

    private void forgetDeadline() {
        if (deadline != null) deadline.cancel(false);
        deadline = null;
    }
}
