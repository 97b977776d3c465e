package io.autostack.provisioning;

import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.cloud.Calls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Keeps one promise: asks its steps one after the other and writes down what they answer. Whoever calls it holds the
/// lease; the ledger's versions catch a second one that thinks it does.
@ApplicationScoped
class Keeper {

    private static final Logger LOG = Logger.getLogger(Keeper.class);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final Duration SOMEBODY_FASTER = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Kinds kinds;
    private final LedgerTime time;
    private final SecureRandom random = new SecureRandom();

    @Inject
    Keeper(Ledger ledger, Kinds kinds, LedgerTime time) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.time = time;
    }

    /// Goes on with an operation until it ends or has to wait.
    ///
    /// @return when to look again; empty when there is nothing left to do
    Optional<Duration> goOn(UUID id) {
        var operation = ledger.alone(connection -> ledger.find(connection, id)).orElse(null);
        if (operation == null || operation.finished()) return Optional.empty();
        MDC.put("tenant", operation.tenant().toString());
        MDC.put("operation", operation.id().toString());
        try {
            var waits = operation.state() == State.WAITING;
            var begun = waits ? takeTurn(operation) : advance(operation, operation.facts(), null);
            if (begun.isEmpty()) return Optional.of(waits ? TURN : SOMEBODY_FASTER);
            return keep(begun.get());
        } finally {
            MDC.remove("tenant");
            MDC.remove("operation");
        }
    }

    private Optional<Duration> keep(Operation begun) {
        var operation = begun;
        while (true) {
            var step = operation.next();
            if (step.isEmpty()) {
                end(operation, State.DONE, null);
                return Optional.empty();
            }
            switch (keep(operation, step.get())) {
                case Then.GoOn(var next) -> operation = next;
                case Then.Later(var pause) -> {
                    return Optional.of(pause);
                }
                case Then.Ended ended -> {
                    return Optional.empty();
                }
            }
        }
    }

    /// What follows an answer.
    private sealed interface Then {

        /// @param next with its next step begun
        record GoOn(Operation next) implements Then {}

        record Later(Duration pause) implements Then {}

        record Ended() implements Then {}
    }

    /// What becomes of one step.
    record StepChange(
            StepRecord step,
            State to,
            int attempts,
            int failures,
            Map<String, String> evidence,
            boolean simulated,
            @Nullable String message) {

        static StepChange of(StepRecord step, State to, @Nullable String message) {
            return new StepChange(
                    step, to, step.attempts(), step.failures(), step.evidence(), step.simulated(), message);
        }

        /// Once it is written down.
        StepRecord at(@Nullable Instant startedAt, @Nullable Instant finishedAt) {
            return new StepRecord(
                    step.position(),
                    step.name(),
                    step.title(),
                    to,
                    attempts,
                    failures,
                    startedAt,
                    finishedAt,
                    evidence,
                    simulated,
                    message);
        }

        static StepChange begun(StepRecord step) {
            return new StepChange(
                    step, State.RUNNING, step.attempts() + 1, step.failures(), step.evidence(), false, null);
        }
    }

    /// Operations of one tenant take turns. One that has to wait says for whom. Looking and beginning are one change:
    /// two that look at the same moment, or one that was retried meanwhile, never work side by side.
    private Optional<Operation> takeTurn(Operation operation) {
        return ledger.alone(connection -> {
            ledger.lockTurn(connection, operation.tenant());
            var before = ledger.firstBefore(connection, operation);
            if (before.isEmpty()) return advance(connection, operation, operation.facts(), null);
            var message = "Waits until the operation “" + before.get().kind() + "” of the same tenant has ended.";
            if (!message.equals(operation.message()))
                ledger.change(connection, operation, State.WAITING, operation.facts(), message, false);
            return Optional.empty();
        });
    }

    /// @param step begun already
    private Then keep(Operation now, StepRecord step) {
        var calls = new ArrayList<String>();
        var answer = Calls.noting(calls, () -> ask(now, step));
        var record = step.called(calls);
        return switch (answer) {
            case Answer.Heard(Outcome.Done(var evidence, var learned, var simulated)) -> {
                var seen = new HashMap<>(record.evidence());
                seen.putAll(evidence);
                var done = new StepChange(record, State.DONE, record.attempts(), 0, seen, simulated, null);
                yield advance(now, now.facts().plus(learned), done)
                        .<Then>map(Then.GoOn::new)
                        .orElse(new Then.Later(SOMEBODY_FASTER));
            }
            case Answer.Heard(Outcome.NotYet(var waitingFor, var pause)) -> {
                write(
                        now,
                        new StepChange(
                                record, State.RUNNING, record.attempts(), 0, record.evidence(), false, waitingFor));
                yield new Then.Later(pause);
            }
            case Answer.Heard(Outcome.Failed(var reason)) -> fail(now, record, record.failures(), reason);
            case Answer.Silence(var failures) ->
                Retries.pause(failures, random)
                        .<Then>map(pause -> {
                            write(
                                    now,
                                    new StepChange(
                                            record,
                                            State.RUNNING,
                                            record.attempts(),
                                            failures,
                                            record.evidence(),
                                            false,
                                            "No answer; it is asked again."));
                            return new Then.Later(pause);
                        })
                        .orElseGet(() -> fail(
                                now,
                                record,
                                failures,
                                "“" + record.title() + "” did not answer " + failures + " times in a row. An operator"
                                        + " finds the reason in the log; Retry goes on here."));
        };
    }

    private Then fail(Operation operation, StepRecord step, int failures, String reason) {
        end(
                operation,
                State.FAILED,
                new StepChange(step, State.FAILED, step.attempts(), failures, step.evidence(), false, reason));
        return new Then.Ended();
    }

    /// What came back from a step.
    private sealed interface Answer {

        record Heard(Outcome outcome) implements Answer {}

        /// It threw: an outage or a bug. Asking again is safe, because steps look before they build.
        record Silence(int failures) implements Answer {}
    }

    private Answer ask(Operation operation, StepRecord record) {
        var step = kinds.step(operation, record.name());
        if (step.isEmpty())
            return new Answer.Heard(new Outcome.Failed("This version of AutoStack does not know the step “"
                    + record.title() + "”. Run the version that made the promise."));
        if (Retries.isOverdue(record.startedAt(), step.get().deadline(), time.now()))
            return new Answer.Heard(new Outcome.Failed("“" + record.title() + "” was not done within "
                    + step.get().deadline().toMinutes() + " minutes. Retry gives it the same time again."));
        try {
            return new Answer.Heard(step.get().ensure().apply(operation.facts()));
        } catch (RuntimeException outage) {
            LOG.warnf(outage, "step %s of operation %s did not answer", record.name(), operation.id());
            return new Answer.Silence(record.failures() + 1);
        }
    }

    private Optional<Operation> advance(Operation operation, Facts facts, @Nullable StepChange done) {
        return ledger.alone(connection -> advance(connection, operation, facts, done));
    }

    /// The end of one step and the beginning of the next are one change, written down before the next one is asked.
    ///
    /// @return as it is now; empty when somebody was faster
    private Optional<Operation> advance(
            Connection connection, Operation operation, Facts facts, @Nullable StepChange done) throws SQLException {
        var simulated = done != null && done.simulated();
        if (!ledger.change(connection, operation, State.RUNNING, facts, null, simulated)) return Optional.empty();
        var steps = new ArrayList<>(operation.steps());
        if (done != null) steps.set(done.step().position(), ledger.step(connection, operation.id(), done));
        var next = operation.nextAfter(done == null ? null : done.step());
        if (next.isPresent())
            steps.set(next.get().position(), ledger.step(connection, operation.id(), StepChange.begun(next.get())));
        return Optional.of(operation.running(facts, simulated, steps));
    }

    /// One transaction: the operation if nobody was faster, and its step with it.
    private void write(Operation operation, StepChange change) {
        ledger.alone(connection -> {
            if (!ledger.change(connection, operation, State.RUNNING, operation.facts(), change.message(), false))
                return false;
            ledger.step(connection, operation.id(), change);
            return true;
        });
    }

    /// The end of an operation and its settlement by the owner are one transaction.
    private void end(Operation operation, State state, @Nullable StepChange last) {
        ledger.alone(connection -> {
            var message = last == null ? null : last.message();
            if (!ledger.change(connection, operation, state, operation.facts(), message, false)) return false;
            if (last != null) ledger.step(connection, operation.id(), last);
            kinds.settle(ledger.find(connection, operation.id()).orElseThrow());
            return true;
        });
    }
}
