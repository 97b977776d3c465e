package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
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
class Rehearsal implements OperationKind {

    static final String KIND = "rehearsal";

    private static final Map<String, Play> PLAYS = new ConcurrentHashMap<>();

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
        PLAYS.put(tenant.toString(), play);
        return play;
    }

    /// Told of the end of a rehearsal.
    static void completed(Operation operation) {
        var play = PLAYS.get(operation.facts().get("tenant"));
        if (play == null) return;
        play.completed().add(operation.state());
        play.owner().accept(operation);
    }

    static OperationRequest request(UUID tenant, String requestKey) {
        return request(KIND, tenant, requestKey);
    }

    static OperationRequest request(String kind, UUID tenant, String requestKey) {
        return new OperationRequest(
                kind, tenant, requestKey, Facts.of(Map.of("tenant", tenant.toString(), "slug", "rehearsal")));
    }

    /// An operation that is written down and not handed to the worker: nobody but the test takes it up.
    static UUID written(Ledger ledger, Kinds kinds, UUID tenant, String requestKey) {
        var request = request(tenant, requestKey);
        return ledger.alone(connection -> ledger.insert(
                        connection,
                        request,
                        kinds.title(request),
                        kinds.steps(request.kind(), request.facts()).orElseThrow()))
                .orElseThrow();
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Rehearse";
    }

    @Override
    public List<Step> steps(Facts asked) {
        var known = PLAYS.get(asked.get("tenant"));
        if (known != null && !known.listed().get()) throw new IllegalStateException("no list (on purpose)");
        return List.of(
                new Step("first", "Learn something", facts -> {
                            of(facts).first().incrementAndGet();
                            return new Outcome.Done(Map.of("seen", "yes"), Map.of("learned", "something"), false);
                        })
                        .compensatedBy(facts -> compensated(facts, "first")),
                new Step("second", "Do what the test says", facts -> {
                            facts.get("learned");
                            var play = of(facts);
                            return play.middle().apply(play.second().incrementAndGet());
                        })
                        .compensatedBy(facts -> compensated(facts, "second"))
                        .mayBeSkipped(),
                new Step("third", "Come to an end", facts -> {
                    of(facts).third().incrementAndGet();
                    return Outcome.done(Map.of());
                }));
    }

    private static Outcome compensated(Facts facts, String step) {
        of(facts).compensated().add(step);
        return Outcome.done(Map.of("undone", step));
    }

    private static Play of(Facts facts) {
        var play = PLAYS.get(facts.get("tenant"));
        if (play == null) throw new IllegalStateException("a rehearsal of an earlier run");
        return play;
    }
}
