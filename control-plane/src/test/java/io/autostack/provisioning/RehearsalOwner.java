package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// Takes note of the ends of rehearsals as a test says.
@ApplicationScoped
class RehearsalOwner implements CompletionHandler {

    @Override
    public Set<String> kinds() {
        return Set.of(Rehearsal.KIND, LongRehearsal.KIND);
    }

    @Override
    public void completed(Operation operation) {
        Rehearsal.completed(operation);
    }
}
