package io.autostack.metering;

import io.autostack.jdbc.Query;
import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
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
        try (var connection = database.getConnection()) {
            var added = Sql.of(
                            connection,
                            ADD,
                            array(connection, "uuid", events, UsageEvent::tenant),
                            array(connection, "text", events, UsageEvent::source),
                            array(connection, "text", events, UsageEvent::id),
                            array(connection, "text", events, UsageEvent::meter),
                            array(connection, "numeric", events, UsageEvent::quantity),
                            array(
                                    connection,
                                    "timestamptz",
                                    events,
                                    event -> event.at().toString()),
                            array(connection, "text", events, UsageEvent::dimensions))
                    .list(row -> new UsageEvent.Key(row.getObject(1, UUID.class), row.getString(2), row.getString(3)));
            return new HashSet<>(added);
        } catch (SQLException e) {
            throw new IllegalStateException("usage could not be counted", e);
        }
    }

    /// What a tenant used in a period, by meter; a meter that was not used is not there.
    Map<String, BigDecimal> totals(UUID tenant, Period period) {
        return ask(totalsQuery(tenant, period));
    }

    static Query<Map<String, BigDecimal>> totalsQuery(UUID tenant, Period period) {
        return totals(TOTALS, tenant, period.firstDay());
    }

    /// The same with what gauges count now, in one question.
    static Query<Map<String, BigDecimal>> totalsAndGaugesQuery(UUID tenant, Period period) {
        var values = new ArrayList<Object>(List.of(tenant, period.firstDay()));
        values.addAll(Collections.nCopies(Gauges.number(), tenant));
        return totals(TOTALS_AND_GAUGES, values.toArray());
    }

    private static Query<Map<String, BigDecimal>> totals(String question, Object... values) {
        return Query.of(
                question,
                results -> {
                    var totals = new HashMap<String, BigDecimal>();
                    var rows = results.next();
                    while (rows.next()) totals.put(rows.getString(1), Quantity.stripped(rows.getBigDecimal(2)));
                    return totals;
                },
                values);
    }

    <T> T ask(Query<T> query) {
        try (var connection = database.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("metering.total cannot be read", e);
        }
    }

    /// What a tenant used on each day of a period, by meter; days and meters without use are not there.
    Map<String, Map<LocalDate, BigDecimal>> days(UUID tenant, Period period) {
        try (var connection = database.getConnection()) {
            var days = new HashMap<String, Map<LocalDate, BigDecimal>>();
            Sql.of(
                            connection,
                            DAYS,
                            tenant,
                            period.firstDay(),
                            period.month().plusMonths(1).atDay(1))
                    .each(row -> days.computeIfAbsent(row.getString(1), meter -> new HashMap<>())
                            .put(row.getObject(2, LocalDate.class), Quantity.stripped(row.getBigDecimal(3))));
            return days;
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
