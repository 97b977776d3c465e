package io.autostack.provisioning;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/// Shortens the pauses between attempts, and nothing else: who holds the lease keeps it.
@ApplicationScoped
public class Hurry {

    private final Ledger ledger;
    private final Worker worker;

    @Inject
    Hurry(Ledger ledger, Worker worker) {
        this.ledger = ledger;
        this.worker = worker;
    }

    /// The operation is due now, if it waits.
    public void up(UUID operation) {
        if (isDueIn("provisioning.scheduled_task", operation))
            worker.scheduler().triggerCheckForDueExecutions();
        if (isDueIn("provisioning.scheduled_task_long", operation))
            worker.longScheduler().triggerCheckForDueExecutions();
    }

    private boolean isDueIn(String queue, UUID operation) {
        return QuarkusTransaction.requiringNew()
                        .call(() -> ledger.with(connection -> {
                            try (var update = connection.prepareStatement("""
                    update %s set execution_time = now()
                     where task_instance like ? and not picked and execution_time > now()
                    """.formatted(queue))) {
                                update.setString(1, operation + "/%");
                                return update.executeUpdate();
                            }
                        }))
                > 0;
    }
}
