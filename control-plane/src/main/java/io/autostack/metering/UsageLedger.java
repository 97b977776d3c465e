package io.autostack.metering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/// The record of what was used. Plain SQL, because events come by the thousand.
@ApplicationScoped
class UsageLedger {

    /// One statement: an event and the totals that count it are there together or not at all. Events first and totals
    /// second, each in the order of their keys, so that two batches never wait for each other in a circle.
    private static final String ADD = """
            with added as (
                insert into metering.usage_event
                       (tenant_id, source, event_id, meter, quantity, occurred_at, recorded_at, dimensions)
                select tenant_id, source, event_id, meter, quantity, occurred_at, now(), dimensions::jsonb
                  from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::timestamptz[], ?::text[])
                       as incoming (tenant_id, source, event_id, meter, quantity, occurred_at, dimensions)
                 order by tenant_id, source, event_id
                on conflict (tenant_id, source, event_id) do nothing
                returning tenant_id, source, event_id, meter, quantity, occurred_at
            ), counted as (
                insert into metering.total as before (tenant_id, meter, period, quantity)
                select tenant_id, meter, date_trunc('month', occurred_at at time zone 'UTC')::date as month, sum(quantity)
                  from added
                 group by tenant_id, meter, month
                 order by tenant_id, meter, month
                on conflict (tenant_id, meter, period) do update
                   set quantity = before.quantity + excluded.quantity, has_events = true
            ), counted_by_day as (
                insert into metering.daily_total as before (tenant_id, meter, day, quantity)
                select tenant_id, meter, (occurred_at at time zone 'UTC')::date as day_in_utc, sum(quantity)
                  from added
                 group by tenant_id, meter, day_in_utc
                 order by tenant_id, meter, day_in_utc
                on conflict (tenant_id, meter, day) do update set quantity = before.quantity + excluded.quantity
            )
            select tenant_id, source, event_id from added
            """;

    private static final String TOTALS =
            "select meter, quantity from metering.total where tenant_id = ? and period = ?";

    private static final String DAYS =
            "select meter, day, quantity from metering.daily_total where tenant_id = ? and day >= ? and day < ?";
    private static final String TOTALS_AND_GAUGES = TOTALS + Gauges.rows();

    private final DataSource database;

    @Inject
    UsageLedger(DataSource database) {
        this.database = database;
    }

    /// Counts the events that are not known yet.
    ///
    /// @param events without two of the same key
    /// @return keys of the events that were counted now; the others are duplicates
    Set<UsageEvent.Key> add(List<UsageEvent> events) {
        if (events.isEmpty()) return Set.of();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, array(connection, "uuid", events, UsageEvent::tenant));
            insert.setArray(2, array(connection, "text", events, UsageEvent::source));
            insert.setArray(3, array(connection, "text", events, UsageEvent::id));
            insert.setArray(4, array(connection, "text", events, UsageEvent::meter));
            insert.setArray(5, array(connection, "numeric", events, UsageEvent::quantity));
            insert.setArray(
                    6,
                    array(connection, "timestamptz", events, event -> event.at().toString()));
            insert.setArray(7, array(connection, "text", events, UsageEvent::dimensions));
            try (var rows = insert.executeQuery()) {
                var added = new HashSet<UsageEvent.Key>();
                while (rows.next())
                    added.add(new UsageEvent.Key(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3)));
                return added;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("usage could not be counted", e);
        }
    }

    /// What a tenant used in a period, by meter; a meter that was not used is not there.
    Map<String, BigDecimal> totals(UUID tenant, Period period) {
        return totals(TOTALS, 0, tenant, period);
    }

    /// The same with what gauges count now, in one question.
    Map<String, BigDecimal> totalsAndGauges(UUID tenant, Period period) {
        return totals(TOTALS_AND_GAUGES, Gauges.number(), tenant, period);
    }

    private Map<String, BigDecimal> totals(String question, int gauges, UUID tenant, Period period) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(question)) {
            select.setObject(1, tenant);
            select.setObject(2, period.firstDay());
            for (int gauge = 0; gauge < gauges; gauge++) select.setObject(3 + gauge, tenant);
            try (var rows = select.executeQuery()) {
                var totals = new HashMap<String, BigDecimal>();
                while (rows.next()) totals.put(rows.getString(1), Quantity.stripped(rows.getBigDecimal(2)));
                return totals;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("metering.total cannot be read", e);
        }
    }

    /// What a tenant used on each day of a period, by meter; days and meters without use are not there.
    Map<String, Map<LocalDate, BigDecimal>> days(UUID tenant, Period period) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(DAYS)) {
            select.setObject(1, tenant);
            select.setObject(2, period.firstDay());
            select.setObject(3, period.month().plusMonths(1).atDay(1));
            try (var rows = select.executeQuery()) {
                var days = new HashMap<String, Map<LocalDate, BigDecimal>>();
                while (rows.next())
                    days.computeIfAbsent(rows.getString(1), meter -> new HashMap<>())
                            .put(rows.getObject(2, LocalDate.class), Quantity.stripped(rows.getBigDecimal(3)));
                return days;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("metering.daily_total cannot be read", e);
        }
    }

    private static Array array(
            Connection connection, String type, List<UsageEvent> events, Function<UsageEvent, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(column).toArray());
    }
}
