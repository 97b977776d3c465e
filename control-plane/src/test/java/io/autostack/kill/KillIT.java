package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Exhaustive;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `kill -9` between any two writes of every kind of operation, and around any call to the outside, ends as if nothing
/// had happened: everything is there, once, and nothing is there that belongs to nobody.
@Order(0)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {

    private final Application application = Application.fresh();
    private final Truth truth = new Truth(application);
    private final List<Trial> trials = kinds().stream().map(Trial::new).toList();

    /// Whoever is enqueued by a run of its own has rounds of its own: it waits while that run is held.
    @BeforeAll
    void everything_is_killed() {
        application.start();
        Rounds.await(truth, Moves.OPEN.make(application, Moves.SOMEBODY_ELSE).orElseThrow());
        application.gate().forget();
        var rounds = new Rounds(application, truth);
        for (boolean later : List.of(false, true))
            rounds.run(
                    trials.stream()
                            .filter(trial -> trial.kind().isEnqueuedLater() == later)
                            .toList(),
                    Exhaustive.isAsked());
    }

    @AfterAll
    void end() {
        application.close();
    }

    /// All of them, or those that `-Dautostack.test.kinds=close-tenant,reopen-tenant` names.
    static List<Kind> kinds() {
        var named = Set.of(System.getProperty("autostack.test.kinds", "").split(","));
        return Kind.all().stream()
                .filter(kind -> named.contains("") || named.contains(kind.name()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @Order(1)
    void ends_right_wherever_it_was_killed(Kind kind) {
        var trial = trials.stream()
                .filter(one -> one.kind().toString().equals(kind.toString()))
                .findFirst()
                .orElseThrow();
        trial.failure().ifPresent(failure -> {
            throw new AssertionError(kind + " did not end", failure);
        });

        trial.assertThatEachWasKilled();
        for (var attempt : trial.attempts())
            kind.right().check(truth, kind, attempt.customer(), attempt.stop(), attempt.operation());
        int steps = truth.steps(trial.attempts().getFirst().operation()).size();
        assertThat(trial.writes())
                .as("writes of an operation with %d steps, each of which ends with one", steps)
                .isGreaterThan(steps);
        Rounds.say("%s: killed before %d of its %d writes", kind, trial.deaths(), trial.writes());
    }

    @Test
    @Order(2)
    void nothing_is_left_that_belongs_to_nobody() {
        assertThat(truth.orphans()).isEmpty();
    }
}
