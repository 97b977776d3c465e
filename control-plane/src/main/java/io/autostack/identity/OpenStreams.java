package io.autostack.identity;

import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;

/// How many answers that go on and on one caller may have open here: each asks the database several times a
/// second and holds a connection that makes way for nobody.
@ApplicationScoped
public class OpenStreams {

    private static final int MAX_STREAMS = 20;

    private final Callers callers;
    private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();

    @Inject
    OpenStreams(Callers callers) {
        this.callers = callers;
    }

    /// The stream, counted until it ends or its reader leaves. It must be subscribed to.
    public <T> Multi<T> count(Multi<T> stream) {
        var caller = callers.current();
        var who = caller.kind() + ":" + caller.id();
        if (open.merge(who, 1, Integer::sum) > MAX_STREAMS) {
            close(who);
            throw Problem.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "You have " + MAX_STREAMS
                                    + " streams open, and more are not given to one caller. Close some.")
                    .exception();
        }
        return stream.onTermination().invoke(() -> close(who));
    }

    private void close(String who) {
        open.computeIfPresent(who, (same, many) -> many == 1 ? null : many - 1);
    }
}
