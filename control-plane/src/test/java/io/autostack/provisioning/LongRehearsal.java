package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// A rehearsal among those operations that take long.
@ApplicationScoped
class LongRehearsal implements OperationKind {

    static final String KIND = "long-rehearsal";

    private final Rehearsal rehearsal;

    @Inject
    LongRehearsal(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public String title(Facts asked) {
        return "Rehearse at length";
    }

    @Override
    public List<Step> steps(Facts asked) {
        return rehearsal.steps(asked);
    }
}
