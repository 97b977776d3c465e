package io.autostack.metering;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Which months' usage events are not needed any more, and how they go. Plain SQL: there are many of them.
@ApplicationScoped
class UsageRetention {

    static final int ROWS_AT_ONCE = 1_000;

    /// By the database's time, which all replicas share: a machine whose clock runs ahead removes nothing too early.
    private static final String DUE = """
            select distinct period, tenant_id from metering.total
             where has_events and period + interval '1 month' <= now() at time zone 'UTC' - make_interval(secs => ?)
             order by period, tenant_id limit ?
            """;

    /// Whoever holds a month's totals removes its events.
    private static final String LOCK = """
            select meter from metering.total
             where tenant_id = ? and period = ? and has_events
             order by meter for update skip locked
            """;

    private static final String REMOVE = """
            delete from metering.usage_event
             where (tenant_id, source, event_id) in (
                   select tenant_id, source, event_id from metering.usage_event
                    where tenant_id = ? and meter = any (?) and occurred_at >= ? and occurred_at < ?
                    limit ?)
            """;

    private static final String STANDS_ALONE = """
            update metering.total set has_events = false where tenant_id = ? and period = ? and meter = any (?)
            """;

    private final DataSource database;

    @Inject
    UsageRetention(DataSource database) {
        this.database = database;
    }

    /// A tenant's month.
    record Month(UUID tenant, Period period) {}

    /// What is removed of a month by now.
    ///
    /// @param over true when nothing is left, or somebody else is at it
    record Result(int removed, boolean over) {}

    /// The oldest first, as far as the current database scope sees.
    List<Month> due(Duration keep, int max) {
        try (var connection = database.getConnection()) {
            return Sql.of(connection, DUE, (double) keep.toSeconds(), max)
                    .list(row -> new Month(
                            row.getObject("tenant_id", UUID.class),
                            new Period(YearMonth.from(row.getObject("period", LocalDate.class)))));
        } catch (SQLException e) {
            throw new IllegalStateException("metering.total cannot be read", e);
        }
    }

    /// In the running transaction.
    ///
    /// @param before how many were removed before
    Result removeSome(Month month, int before) {
        try (var connection = database.getConnection()) {
            var tenant = month.tenant();
            var period = month.period();
            var held = Sql.of(connection, LOCK, tenant, period.firstDay()).texts();
            if (held.isEmpty()) return new Result(before, true);
            var meters = connection.createArrayOf("text", held.toArray());
            int removed = before
                    + Sql.update(
                            connection,
                            REMOVE,
                            tenant,
                            meters,
                            period.start().atOffset(ZoneOffset.UTC),
                            period.end().atOffset(ZoneOffset.UTC),
                            ROWS_AT_ONCE);
            boolean over = removed - before < ROWS_AT_ONCE;
            if (over) Sql.update(connection, STANDS_ALONE, tenant, period.firstDay(), meters);
            return new Result(removed, over);
        } catch (SQLException e) {
            throw new IllegalStateException("usage events cannot be removed", e);
        }
    }
}
