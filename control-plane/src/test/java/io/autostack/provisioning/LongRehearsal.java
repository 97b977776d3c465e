package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// A rehearsal among those operations that take long.
@ApplicationScoped
class LongRehearsal implements OperationKind<LongRehearsal.Request> {

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

    record Request(UUID tenant, UUID change) implements OperationRequest {

        @Override
        public String slug() {
            return "rehearsal";
        }
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Rehearse at length";
    }

    @Override
    public List<Step> steps(Request request) {
        return rehearsal.steps(request.tenant());
    }
}
