package io.autostack.faults;

import io.autostack.provisioning.Hurry;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Step;
import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Where operations are asked for and watched until they end.
@ApplicationScoped
class Stage {

    /// What has not ended of a tenant's operations, and whether it waits for its next attempt.
    private static final String UNDER_WAY = """
            select case when exists (
                       select from provisioning.scheduled_task
                        where task_instance like o.id || '/%' and not picked and execution_time > now()
                       union all
                       select from provisioning.scheduled_task_long
                        where task_instance like o.id || '/%' and not picked and execution_time > now())
                   then 'waits ' else 'goes on ' end || o.id
              from provisioning.operation asked join provisioning.operation o on o.tenant_id = asked.tenant_id
             where asked.id = ?::uuid and o.state not in ('done', 'failed')
            """;

    private final Operations operations;
    private final Scopes scopes;
    private final Hurry hurry;
    private final Instance<OperationKind<?>> kinds;

    @Inject
    Stage(Operations operations, Scopes scopes, Hurry hurry, @Any Instance<OperationKind<?>> kinds) {
        this.operations = operations;
        this.scopes = scopes;
        this.hurry = hurry;
        this.kinds = kinds;
    }

    /// Names of the steps that carry a request out.
    List<String> steps(OperationRequest request) {
        return kinds.stream()
                .filter(kind -> kind.request().isInstance(request))
                .flatMap(kind -> steps(kind, request))
                .toList();
    }

    private static <R extends OperationRequest> Stream<String> steps(OperationKind<R> kind, OperationRequest request) {
        return kind.steps(kind.request().cast(request)).stream().map(Step::name);
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

    /// Without waiting for the pauses between attempts; also what the operation enqueued at its end has ended.
    Operation ended(UUID operation) {
        Awaitility.await("operation " + operation + " ends")
                .conditionEvaluationListener(condition -> {
                    if (condition.getRemainingTimeInMS() < 200 && !condition.isSatisfied())
                        throw new AssertionError(find(operation).kind() + " has not ended: "
                                + find(operation).message() + find(operation).steps());
                })
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var underWay = Server.texts("autostack", UNDER_WAY, operation.toString());
                    for (var waits : underWay)
                        if (waits.startsWith("waits ")) hurry.up(UUID.fromString(waits.substring(6)));
                    return underWay.isEmpty();
                });
        return find(operation);
    }

    Operation done(UUID operation) {
        var ended = ended(operation);
        if (ended.state() != State.DONE)
            throw new AssertionError(ended.kind() + " should be done, but: " + ended.message());
        return ended;
    }
}
