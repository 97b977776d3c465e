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

    @BeforeAll
    void somebodyIsThereAlready() {
        application.start();
        Rounds.await(truth, Moves.OPEN.make(application, Moves.SOMEBODY_ELSE).orElseThrow());
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
        Rounds.say("%s", kind);
        long begun = System.nanoTime();
        application.start();
        application.gate().forget();
        var rounds = new Rounds(application, truth, kind);

        int writes = run(rounds);

        for (var attempt : rounds.attempts())
            kind.right()
                    .check(
                            truth,
                            kind,
                            attempt.customer(),
                            attempt.stop(),
                            attempt.asked().join());
        int steps = truth.steps(rounds.attempts().getFirst().asked().join()).size();
        assertThat(writes)
                .as("writes of an operation with %d steps, each of which ends with one", steps)
                .isGreaterThan(steps);
        Rounds.say(
                "%s: killed before %d of its %d writes, with %d kills, in %d s",
                kind, rounds.deaths(), writes, rounds.kills(), (System.nanoTime() - begun) / 1_000_000_000);
    }

    /// Whoever is held when it fails does not stay in the way of the next kind.
    private int run(Rounds rounds) {
        try {
            return Exhaustive.isAsked() ? rounds.all() : rounds.some();
        } catch (RuntimeException | AssertionError failed) {
            application.kill();
            throw failed;
        }
    }

    @Test
    @Order(2)
    void nothing_is_left_that_belongs_to_nobody() {
        assertThat(truth.orphans()).isEmpty();
    }
}
