package io.autostack.faults;

import io.autostack.provisioning.Hurry;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/// Where operations are asked for and watched until they end.
@ApplicationScoped
class Stage {

    private final Operations operations;
    private final Scopes scopes;
    private final Hurry hurry;

    @Inject
    Stage(Operations operations, Scopes scopes, Hurry hurry) {
        this.operations = operations;
        this.scopes = scopes;
        this.hurry = hurry;
    }

    UUID enqueue(OperationRequest request) {
        return scopes.inPlatform(() -> operations.enqueue(request));
    }

    boolean retry(UUID operation) {
        return scopes.inPlatform(() -> operations.retry(operation));
    }

    UUID rollBack(UUID operation) {
        return scopes.inPlatform(() -> operations.rollBack(operation)).orElseThrow();
    }

    Operation find(UUID operation) {
        return scopes.inPlatform(() -> operations.find(operation).orElseThrow());
    }

    /// Without waiting for the pauses between attempts.
    Operation ended(UUID operation) {
        Awaitility.await("operation " + operation + " ends")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(30))
                .until(() -> {
                    hurry.up(operation);
                    return find(operation).finished() && isQuiet(find(operation).tenant());
                });
        return find(operation);
    }

    /// Also what the operation enqueued at its end has ended.
    private boolean isQuiet(UUID tenant) {
        var underWay = scopes.inPlatform(() -> operations.underWay(tenant));
        underWay.ifPresent(enqueued -> hurry.up(enqueued.id()));
        return underWay.isEmpty();
    }

    Operation done(UUID operation) {
        var ended = ended(operation);
        if (ended.state() != State.DONE)
            throw new AssertionError(ended.kind() + " should be done, but: " + ended.message());
        return ended;
    }
}
