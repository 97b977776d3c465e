package io.autostack.tenancy.capacity;

import io.autostack.jdbc.Sql;
import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.tenancy.capacity.Capacity.Demand;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Asks how much room there is before somebody is let in.
@ApplicationScoped
public class Preflight {

    private static final Logger LOG = Logger.getLogger(Preflight.class);
    private static final long LAST_PLACES = 0x6175746f726f6f6dL;

    /// With fewer places left than this, sign-ups wait for each other, so that two cannot take the last one.
    private static final int TIGHT = 32;

    private static final String IN_FLIGHT = """
            select count(*), coalesce(sum(s.connections), 0)
              from tenancy.tenant t
              left join plans.plan_sizing s on s.plan = t.plan and s.version = t.plan_version
             where t.status = 'provisioning' or t.created_at >= ?
            """;

    private final Cloud cloud;
    private final DataSource database;
    private final InstantSource clock;

    @Inject
    Preflight(Cloud cloud, DataSource database, InstantSource clock) {
        this.cloud = cloud;
        this.database = database;
        this.clock = clock;
    }

    /// What the cloud said, and when it was asked.
    public record Numbers(Instant askedAt, List<Quota> quotas) {}

    /// Asks the cloud: never inside a transaction. A cloud that does not answer refuses nobody; the operation waits for
    /// it.
    public Numbers ask() {
        var now = clock.instant();
        try {
            return new Numbers(now, cloud.quotas());
        } catch (RuntimeException e) {
            LOG.warn("nobody says how much room there is; onboarding goes on without knowing", e);
            return new Numbers(now, List.of());
        }
    }

    /// For one more tenant on this plan, in the transaction that adds it.
    public Capacity forOneMore(Numbers numbers, PlanVersion plan) {
        var one = new Demand(1, plan.size().connections());
        if (Capacity.judge(numbers.quotas(), Demand.NOTHING, new Demand(TIGHT, 0))
                .fits())
            return Capacity.judge(numbers.quotas(), with(connection -> inFlight(connection, numbers.askedAt())), one);
        var inFlight = with(connection -> {
            Sql.execute(connection, "select pg_advisory_xact_lock(" + LAST_PLACES + ")");
            return inFlight(connection, numbers.askedAt());
        });
        return Capacity.judge(numbers.quotas(), inFlight, one);
    }

    private static Demand inFlight(Connection connection, Instant since) throws SQLException {
        return Sql.of(connection, IN_FLIGHT, since).one(row -> new Demand(row.getLong(1), row.getLong(2)));
    }

    /// Work on a connection, in the transaction that runs.
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("nobody says how many tenants are being built", e);
        }
    }
}
