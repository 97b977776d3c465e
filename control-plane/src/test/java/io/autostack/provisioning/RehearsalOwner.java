package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// Takes note of the ends of rehearsals as a test says.
@ApplicationScoped
class RehearsalOwner implements CompletionHandler<OperationRequest> {

    @Override
    public Set<Class<? extends OperationRequest>> requests() {
        return Set.of(Rehearsal.Request.class, LongRehearsal.Request.class);
    }

    @Override
    public void completed(Operation operation, OperationRequest request) {
        Rehearsal.completed(operation);
    }
}
