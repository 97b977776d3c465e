package io.autostack.metering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(DUE)) {
            select.setDouble(1, keep.toSeconds());
            select.setInt(2, max);
            try (var rows = select.executeQuery()) {
                var due = new ArrayList<Month>();
                while (rows.next())
                    due.add(new Month(
                            rows.getObject("tenant_id", UUID.class),
                            new Period(YearMonth.from(rows.getObject("period", LocalDate.class)))));
                return due;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("metering.total cannot be read", e);
        }
    }

    /// In the running transaction.
    ///
    /// @param before how many were removed before
    Result removeSome(Month month, int before) {
        try (var connection = database.getConnection()) {
            var meters = lock(connection, month);
            if (meters.length == 0) return new Result(before, true);
            int removed = before + remove(connection, month, meters);
            boolean over = removed - before < ROWS_AT_ONCE;
            if (over) standsAlone(connection, month, meters);
            return new Result(removed, over);
        } catch (SQLException e) {
            throw new IllegalStateException("usage events cannot be removed", e);
        }
    }

    private static Object[] lock(Connection connection, Month month) throws SQLException {
        try (var select = connection.prepareStatement(LOCK)) {
            select.setObject(1, month.tenant());
            select.setObject(2, month.period().firstDay());
            try (var rows = select.executeQuery()) {
                var meters = new ArrayList<String>();
                while (rows.next()) meters.add(rows.getString(1));
                return meters.toArray();
            }
        }
    }

    private static int remove(Connection connection, Month month, Object[] meters) throws SQLException {
        try (var delete = connection.prepareStatement(REMOVE)) {
            delete.setObject(1, month.tenant());
            delete.setArray(2, connection.createArrayOf("text", meters));
            delete.setObject(3, month.period().start().atOffset(ZoneOffset.UTC));
            delete.setObject(4, month.period().end().atOffset(ZoneOffset.UTC));
            delete.setInt(5, ROWS_AT_ONCE);
            return delete.executeUpdate();
        }
    }

    private static void standsAlone(Connection connection, Month month, Object[] meters) throws SQLException {
        try (var update = connection.prepareStatement(STANDS_ALONE)) {
            update.setObject(1, month.tenant());
            update.setObject(2, month.period().firstDay());
            update.setArray(3, connection.createArrayOf("text", meters));
            update.executeUpdate();
        }
    }
}
