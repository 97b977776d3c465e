package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// A kind of operation whose second step does what a test says. The first and the third are always done at once.
@ApplicationScoped
class Rehearsal implements OperationKind<Rehearsal.Request> {

    static final String KIND = "rehearsal";

    private static final Map<UUID, Play> PLAYS = new ConcurrentHashMap<>();

    /// What the middle step answers, and how often each step was asked.
    ///
    /// @param completed the states in which the owner was told of an end
    record Play(
            IntFunction<Outcome> middle,
            Consumer<Operation> owner,
            AtomicInteger first,
            AtomicInteger second,
            AtomicInteger third,
            List<String> compensated,
            List<Operation.State> completed,
            AtomicBoolean listed) {}

    static Play play(UUID tenant, IntFunction<Outcome> middle) {
        return play(tenant, middle, operation -> {});
    }

    /// @param owner what the completion handler does
    static Play play(UUID tenant, IntFunction<Outcome> middle, Consumer<Operation> owner) {
        var play = new Play(
                middle,
                owner,
                new AtomicInteger(),
                new AtomicInteger(),
                new AtomicInteger(),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>(),
                new AtomicBoolean(true));
        PLAYS.put(tenant, play);
        return play;
    }

    /// Told of the end of a rehearsal.
    static void completed(Operation operation) {
        var play = PLAYS.get(operation.tenant());
        if (play == null) return;
        play.completed().add(operation.state());
        play.owner().accept(operation);
    }

    static OperationRequest request(UUID tenant, String requestKey) {
        return request(KIND, tenant, requestKey);
    }

    static OperationRequest request(String kind, UUID tenant, String requestKey) {
        var change = UUID.nameUUIDFromBytes(requestKey.getBytes(StandardCharsets.UTF_8));
        return kind.equals(KIND) ? new Request(tenant, change) : new LongRehearsal.Request(tenant, change);
    }

    record Request(UUID tenant, UUID change) implements OperationRequest {

        @Override
        public String slug() {
            return "rehearsal";
        }
    }

    /// An operation that is written down and not handed to the worker: nobody but the test takes it up.
    static UUID written(Ledger ledger, Kinds kinds, UUID tenant, String requestKey) {
        var enqueued = Enqueued.of(kinds, request(tenant, requestKey), Facts.of(Map.of()));
        return ledger.alone(connection -> ledger.insert(connection, enqueued)).orElseThrow();
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Rehearse";
    }

    @Override
    public List<Step> steps(Request request) {
        return steps(request.tenant());
    }

    List<Step> steps(UUID tenant) {
        var known = PLAYS.get(tenant);
        if (known != null && !known.listed().get()) throw new IllegalStateException("no list (on purpose)");
        return List.of(
                new Step("first", "Learn something", () -> {
                            of(tenant).first().incrementAndGet();
                            return new Outcome.Done(Map.of("seen", "yes"), Map.of("learned", "something"), false);
                        })
                        .compensatedBy(() -> compensated(tenant, "first")),
                new Step("second", "Do what the test says", learned -> {
                            learned.get("learned");
                            var play = of(tenant);
                            return play.middle().apply(play.second().incrementAndGet());
                        })
                        .compensatedBy(() -> compensated(tenant, "second"))
                        .mayBeSkipped(),
                new Step("third", "Come to an end", () -> {
                    of(tenant).third().incrementAndGet();
                    return Outcome.done(Map.of());
                }));
    }

    private static Outcome compensated(UUID tenant, String step) {
        of(tenant).compensated().add(step);
        return Outcome.done(Map.of("undone", step));
    }

    private static Play of(UUID tenant) {
        var play = PLAYS.get(tenant);
        if (play == null) throw new IllegalStateException("a rehearsal of an earlier run");
        return play;
    }
}
