package io.autostack.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// A replica of the release that held what was asked for among the facts: it writes operations down as it knows how.
@ApplicationScoped
public class EarlierRelease {

    private static final String INSERT = """
            insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts)
            values (uuidv7(), ?, ?, 'Asked for before', ?, ?::jsonb)
            returning id
            """;

    private final Ledger ledger;
    private final Kinds kinds;
    private final Worker worker;

    @Inject
    EarlierRelease(Ledger ledger, Kinds kinds, Worker worker) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.worker = worker;
    }

    /// Ended already, as far as anybody knows: nobody works on it.
    public Operation write(String kind, UUID tenant, String requestKey, String facts) {
        return ledger.alone(connection -> {
            var operation = inserted(connection, kind, tenant, requestKey, facts);
            ledger.abandon(connection, operation.id(), "It is only read.");
            return operation;
        });
    }

    public UUID enqueue(String kind, UUID tenant, String requestKey, String facts) {
        return ledger.alone(connection -> {
            var operation = inserted(connection, kind, tenant, requestKey, facts);
            ledger.insertSteps(
                    connection,
                    operation.id(),
                    tenant,
                    kinds.steps(operation
                            .find(OperationRequest.class)
                            .orElseThrow(() -> new AssertionError(kind + ": " + operation.request()))));
            worker.schedule(operation.id(), 0, kinds.takesLong(kind));
            return operation.id();
        });
    }

    private Operation inserted(Connection connection, String kind, UUID tenant, String requestKey, String facts)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, tenant);
            insert.setString(2, kind);
            insert.setString(3, requestKey);
            insert.setString(4, facts);
            try (var row = insert.executeQuery()) {
                row.next();
                return ledger.find(connection, row.getObject(1, UUID.class)).orElseThrow();
            }
        }
    }
}
