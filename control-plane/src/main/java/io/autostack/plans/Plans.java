package io.autostack.plans;

import io.autostack.jdbc.Sql;
import io.autostack.shared.Money;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads the plan catalogue. Versions never change, so what has been read once stays true.
@ApplicationScoped
public class Plans {

    private static final String OFFERED = """
            select distinct on (rank, plan) plan, version
              from plans.plan_version
             where valid_from <= now()
             order by rank, plan, version desc
            """;

    private static final String VERSION = """
            select v.name, v.rank, v.price, v.currency, v.features, s.connections, s.statement_timeout, s.placement,
                   l.meter, l.kind, l.most
              from plans.plan_version v
              join plans.plan_sizing s using (plan, version)
              left join plans.plan_limit l using (plan, version)
             where v.plan = ? and v.version = ?
            """;

    private final DataSource database;

    @Inject
    Plans(DataSource database) {
        this.database = database;
    }

    /// The newest valid version of every plan, smallest plan first.
    public List<PlanVersion> offered() {
        record Key(String plan, int version) {}
        var keys = read(connection ->
                Sql.of(connection, OFFERED).list(row -> new Key(row.getString("plan"), row.getInt("version"))));
        return keys.stream().map(key -> get(key.plan(), key.version())).toList();
    }

    public Optional<PlanVersion> findOffered(String plan) {
        return offered().stream().filter(offered -> offered.plan().equals(plan)).findFirst();
    }

    /// @throws IllegalArgumentException when there is no such version
    @CacheResult(cacheName = "plan-versions")
    public PlanVersion get(String plan, int version) {
        return read(connection -> Sql.of(connection, VERSION, plan, version).find(rows -> version(plan, version, rows)))
                .orElseThrow(() -> new IllegalArgumentException("no plan " + plan + " version " + version));
    }

    /// @param rows one for each limit, the first of them current
    private static PlanVersion version(String plan, int version, ResultSet rows) throws SQLException {
        var limits = new HashMap<String, PlanLimit>();
        var name = rows.getString("name");
        int rank = rows.getInt("rank");
        var price = new Money(rows.getBigDecimal("price"), Currency.getInstance(rows.getString("currency")));
        var features = rows.getString("features");
        var size = new PlanVersion.Size(
                rows.getInt("connections"),
                Duration.ofSeconds(rows.getInt("statement_timeout")),
                rows.getString("placement").equals("dedicated"));
        do {
            var meter = rows.getString("meter");
            if (meter != null) limits.put(meter, limit(rows.getString("kind"), rows.getBigDecimal("most")));
        } while (rows.next());
        return new PlanVersion(plan, version, name, rank, price, features, Map.copyOf(limits), size);
    }

    private static PlanLimit limit(String kind, BigDecimal max) {
        return switch (kind) {
            case "hard" -> new PlanLimit.Hard(max.stripTrailingZeros());
            case "unlimited" -> new PlanLimit.Unlimited();
            case "custom" -> new PlanLimit.Custom();
            default -> throw new IllegalStateException("unknown kind of limit: " + kind);
        };
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T read(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("plans.plan_version cannot be read", e);
        }
    }
}
