package io.autostack.provisioning;

import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operation.StepRecord;
import io.autostack.provisioning.cloud.Calls;
import io.autostack.provisioning.cloud.LivesElsewhere;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Executes one operation: asks its steps one after the other and writes down what they answer. Whoever
/// calls it holds the lease; the ledger's versions catch a second one that thinks it does.
@ApplicationScoped
class OperationExecutor {

    /// So many attempts in a row without an answer, and an operation is set aside.
    static final int DEATHS = 2;

    private static final Logger LOG = Logger.getLogger(OperationExecutor.class);
    private static final Duration TENANT_BUSY = Duration.ofSeconds(2);
    private static final Duration SOMEBODY_FASTER = Duration.ofSeconds(1);
    private static final Duration SUSPECTS_WAIT = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Kinds kinds;
    private final LedgerTime time;
    private final Attempts attempts = new Attempts();
    private final SecureRandom random = new SecureRandom();
    private final Completions endings;

    @Inject
    OperationExecutor(Ledger ledger, Kinds kinds, LedgerTime time) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.time = time;
        this.endings = new Completions(ledger, kinds, random);
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
            if (operation.unanswered() == 0 || attempts.isKnown(id)) return goOn(operation.trusted());
            if (!attempts.enter(id, SUSPECTS_WAIT)) return Optional.of(SUSPECTS_WAIT);
            return goOn(operation);
        } finally {
            attempts.leave(id);
            MDC.remove("tenant");
            MDC.remove("operation");
        }
    }

    /// This process is about to end, and says so: what it leaves unanswered is no sign that something kills it.
    void giveBack() {
        var underWay = attempts.underWay();
        if (underWay.isEmpty()) return;
        ledger.alone(connection -> {
            ledger.giveBack(connection, underWay);
            return underWay;
        });
    }

    /// Ends an operation that cannot even be read.
    void abandon(UUID id) {
        LOG.errorf("operation %s is set aside: it could not be worked on, however often it was tried", id);
        ledger.alone(connection -> ledger.abandon(
                connection,
                id,
                "This operation could not be worked on, however often it was tried. An operator finds the reason in the"
                        + " log."));
    }

    private Optional<Duration> goOn(Operation operation) {
        if (operation.unanswered() >= DEATHS) return setAside(operation);
        boolean written = false;
        attempts.begin(operation.id());
        try {
            var waits = operation.state() == State.WAITING;
            var begun = waits ? acquireTenant(operation) : begin(operation);
            var pause = begun.isPresent() ? keep(begun.get()) : Optional.of(waits ? TENANT_BUSY : SOMEBODY_FASTER);
            written = true;
            return pause;
        } finally {
            attempts.end(operation.id(), written);
        }
    }

    /// It was begun again and again, and each time its process ended before there was an answer. That is written down
    /// as one more attempt before its owner is told, because that may be what ends processes.
    private Optional<Duration> setAside(Operation operation) {
        var step = operation.next();
        var reason = step.map(next -> "“" + next.title() + "” was under way").orElse("Its end was being written down")
                + " when the process of AutoStack ended, " + operation.unanswered() + " times in a row, and gave no"
                + " answer. This operation is set aside, so that it ends no process again. An operator finds the reason"
                + " in the log; Retry goes on here.";
        var last = step.map(next -> StepChange.failed(next, next.failures(), reason))
                .orElse(null);
        LOG.errorf(
                "operation %s, “%s” of tenant %s, is set aside: %s",
                operation.id(), operation.title(), operation.tenant(), reason);
        if (operation.unanswered() > DEATHS) {
            endings.endUnhandled(operation, last, reason);
            return Optional.empty();
        }
        var change = OperationChange.begun(operation);
        return ledger.alone(connection -> ledger.change(connection, change))
                ? endings.end(operation.after(change, operation.steps()), State.FAILED, last, reason)
                : Optional.of(SOMEBODY_FASTER);
    }

    private Optional<Duration> keep(Operation begun) {
        var operation = begun;
        while (true) {
            var step = operation.next();
            if (step.isEmpty()) return endings.end(operation, State.DONE, null, null);
            switch (keep(operation, step.get())) {
                case Then.GoOn(var next) -> operation = next;
                case Then.Later(var pause) -> {
                    return Optional.of(pause);
                }
                case Then.Ended(var again) -> {
                    return again;
                }
            }
        }
    }

    /// What follows an answer.
    private sealed interface Then {

        /// @param next with its next step begun
        record GoOn(Operation next) implements Then {}

        record Later(Duration pause) implements Then {}

        /// @param again when its end has to be written down once more
        record Ended(Optional<Duration> again) implements Then {}
    }

    /// Operations of one tenant take turns. One that has to wait says for whom. Looking and beginning are one change:
    /// two that look at the same moment, or one that was retried meanwhile, never work side by side.
    private Optional<Operation> acquireTenant(Operation operation) {
        return ledger.alone(connection -> {
            ledger.lockTenant(connection, operation.tenant());
            var before = ledger.firstBefore(connection, operation);
            if (before.isEmpty()) return advance(connection, OperationChange.begun(operation), null);
            var message = "Waits until the operation “" + before.get().kind() + "” of the same tenant has ended.";
            if (!message.equals(operation.message()))
                ledger.change(connection, OperationChange.of(operation, State.WAITING, message));
            return Optional.empty();
        });
    }

    /// @param step begun already
    private Then keep(Operation now, StepRecord step) {
        var calls = new ArrayList<String>();
        var answer = Calls.noting(calls, () -> ask(now, step));
        attempts.leave(now.id());
        var record = step.called(calls);
        return switch (answer) {
            case Answer.Heard(Outcome.Done done) -> done(now, record, done);
            case Answer.Heard(Outcome.NotYet notYet) -> waiting(now, record, notYet);
            case Answer.Heard(Outcome.Failed(var reason)) -> fail(now, record, record.failures(), reason);
            case Answer.Overdue(var reason) ->
                fail(now, record.failures() == 0 ? record.inVain() : record, record.failures(), reason);
            case Answer.Elsewhere(var where) ->
                later(now, now.learned(), record, record.failures(), where, Retries.elsewhere(random));
            case Answer.TransientFailure(var failures, var sentence) ->
                Retries.pause(failures, random)
                        .map(pause ->
                                later(now, now.learned(), record, failures, "No answer; it is asked again.", pause))
                        .orElseGet(() -> fail(
                                now,
                                record,
                                failures,
                                "“" + record.title() + "” did not answer " + failures + " times in a row. " + sentence
                                        + " Retry goes on here."));
        };
    }

    private Then done(Operation now, StepRecord record, Outcome.Done answer) {
        var learned = now.learned().plus(answer.learned());
        if (!answer.learned().isEmpty() && !Bounded.fits(learned)) return tooMuch(now, record);
        var seen = new HashMap<>(record.evidence());
        seen.putAll(answer.evidence());
        var done = new StepChange(record, State.DONE, record.attempts(), 0, seen, answer.simulated(), null);
        return ledger.alone(connection ->
                        advance(connection, OperationChange.advanced(now, learned, answer.simulated()), done))
                .<Then>map(Then.GoOn::new)
                .orElse(new Then.Later(SOMEBODY_FASTER));
    }

    private Then tooMuch(Operation now, StepRecord record) {
        return fail(
                now,
                record,
                record.failures(),
                "“" + record.title() + "” learned more than an operation can keep, or something that is no text.");
    }

    /// What is known already outlives a crash, and a retry of the operation.
    private Then waiting(Operation now, StepRecord record, Outcome.NotYet answer) {
        var learned = now.learned().plus(answer.learned());
        return !answer.learned().isEmpty() && !Bounded.fits(learned)
                ? tooMuch(now, record)
                : later(now, learned, record, 0, answer.waitingFor(), answer.askAgainIn());
    }

    /// One transaction: the operation if nobody was faster, and its step with it.
    private Then later(
            Operation now, Facts learned, StepRecord record, int failures, String waitingFor, Duration pause) {
        var step = StepChange.waits(record, failures, waitingFor);
        ledger.alone(connection -> {
            if (!ledger.change(connection, OperationChange.answered(now, learned, step.message()))) return false;
            ledger.step(connection, now.id(), step);
            return true;
        });
        return new Then.Later(pause);
    }

    private Then fail(Operation operation, StepRecord step, int failures, String reason) {
        return new Then.Ended(endings.end(operation, State.FAILED, StepChange.failed(step, failures, reason), reason));
    }

    /// What came back from a step.
    private sealed interface Answer {

        record Heard(Outcome outcome) implements Answer {}

        /// It had its time.
        record Overdue(String reason) implements Answer {}

        /// Only another replica can answer.
        record Elsewhere(String where) implements Answer {}

        /// It threw: an outage or a bug. Asking again is safe, because steps look before they build.
        ///
        /// @param sentence what an operator does about it when it does not pass
        record TransientFailure(int failures, String sentence) implements Answer {}
    }

    private Answer ask(Operation operation, StepRecord record) {
        if (operation.request() instanceof StoredRequest.Unreadable(var why))
            return new Answer.Heard(
                    new Outcome.Failed("What this operation was asked for cannot be read by this version"
                            + " of AutoStack: " + why + ". Run the version that accepted the operation."));
        try {
            var step = kinds.step(operation, record.name());
            if (step.isEmpty())
                return new Answer.Heard(new Outcome.Failed("This version of AutoStack does not know the step “"
                        + record.title() + "”. Run the version that accepted the operation."));
            if (Retries.isOverdue(record.startedAt(), step.get().deadline(), time.now()))
                return new Answer.Overdue("“" + record.title() + "” was not done within "
                        + step.get().deadline().toMinutes() + " minutes. Retry gives it the same time again.");
            return new Answer.Heard(step.get().ensure().apply(operation.learned()));
        } catch (LivesElsewhere e) {
            return new Answer.Elsewhere(e.where());
        } catch (OutcomeException e) {
            return new Answer.Heard(e.outcome());
        } catch (OutOfMemoryError | StackOverflowError tooMuch) {
            LOG.errorf(Bounded.trouble(tooMuch), "step %s of operation %s is too much", record.name(), operation.id());
            return new Answer.Heard(new Outcome.Failed("“" + record.title() + "” needed more memory than there is. An"
                    + " operator finds the reason in the log; Retry goes on here."));
        } catch (RuntimeException | Error outage) {
            LOG.warnf(Bounded.trouble(outage), "step %s of operation %s did not answer", record.name(), operation.id());
            return new Answer.TransientFailure(
                    record.failures() + 1,
                    outage instanceof TransientException known
                            ? known.sentence()
                            : "An operator finds the reason in the log.");
        }
    }

    private Optional<Operation> begin(Operation operation) {
        return ledger.alone(connection -> advance(connection, OperationChange.begun(operation), null));
    }

    /// The end of one step and the beginning of the next are one change, written down before the next one is asked.
    ///
    /// @return as it is now; empty when somebody was faster
    private Optional<Operation> advance(Connection connection, OperationChange change, @Nullable StepChange done)
            throws SQLException {
        if (!ledger.change(connection, change)) return Optional.empty();
        var operation = change.operation();
        var steps = new ArrayList<>(operation.steps());
        if (done != null) steps.set(done.step().position(), ledger.step(connection, operation.id(), done));
        var next = operation.nextAfter(done == null ? null : done.step());
        if (next.isPresent())
            steps.set(next.get().position(), ledger.step(connection, operation.id(), StepChange.begun(next.get())));
        return Optional.of(operation.after(change, steps));
    }
}
