package io.autostack.provisioning;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// One thing an operation makes sure of. It looks before it builds, because it will be asked again.
///
/// @param name stable word for programs
/// @param title what a person reads
/// @param ensure asked with what the steps before have learned, until it answers `Done` or `Failed`; runs outside
/// any transaction
/// @param compensation takes back what `ensure` built, looks before it removes; empty when there is nothing to take
/// back
/// @param deadline how long it may take from its first attempt on, waiting included
/// @param skippable true when a person may go on without it, with a reason
/// @param billable what is charged for from when it is done
public record Step(
        String name,
        String title,
        Function<Facts, Outcome> ensure,
        Optional<Function<Facts, Outcome>> compensation,
        Duration deadline,
        boolean skippable,
        Optional<Billable> billable) {

    /// RDS takes 10 to 20 minutes for an instance; twice that is worth a person's look.
    private static final Duration USUAL_DEADLINE = Duration.ofMinutes(40);

    public Step(String name, String title, Function<Facts, Outcome> ensure) {
        this(name, title, ensure, Optional.empty(), USUAL_DEADLINE, false, Optional.empty());
    }

    /// One that needs nothing from the steps before.
    public Step(String name, String title, Supplier<Outcome> ensure) {
        this(name, title, learned -> ensure.get());
    }

    public Step compensatedBy(Supplier<Outcome> compensation) {
        return compensatedBy(learned -> compensation.get());
    }

    public Step compensatedBy(Function<Facts, Outcome> compensation) {
        return new Step(name, title, ensure, Optional.of(compensation), deadline, skippable, billable);
    }

    public Step within(Duration deadline) {
        return new Step(name, title, ensure, compensation, deadline, skippable, billable);
    }

    public Step mayBeSkipped() {
        return new Step(name, title, ensure, compensation, deadline, true, billable);
    }

    public Step billedAs(Billable built) {
        return new Step(name, title, ensure, compensation, deadline, skippable, Optional.of(built));
    }
}
