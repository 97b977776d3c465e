package io.autostack.provisioning;

/// What stands in the way of a step, where it is found too deep inside to be answered: whoever asked the step takes it
/// for its answer.
public final class OutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    public OutcomeException(Outcome.NotYet notYet) {
        super(notYet.waitingFor());
        this.outcome = notYet;
    }

    public OutcomeException(Outcome.Failed failed) {
        super(failed.reason());
        this.outcome = failed;
    }

    /// For who can only go on when it is done.
    ///
    /// @throws OutcomeException it is not
    public static Outcome.Done done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.NotYet notYet -> throw new OutcomeException(notYet);
            case Outcome.Failed failed -> throw new OutcomeException(failed);
        };
    }

    /// `NotYet` or `Failed`.
    public Outcome outcome() {
        return outcome;
    }
}
