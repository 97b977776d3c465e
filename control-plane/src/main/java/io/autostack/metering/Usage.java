package io.autostack.metering;

import io.autostack.jdbc.Query;
import io.autostack.plans.PlanVersion;
import io.autostack.tenancy.TenantHistory;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Answers what a tenant has used.
@ApplicationScoped
public class Usage {

    private final Meters meters;
    private final UsageLedger ledger;
    private final Gauges gauges;
    private final TenantHistory history;
    private final InstantSource clock;

    @Inject
    Usage(Meters meters, UsageLedger ledger, Gauges gauges, TenantHistory history, InstantSource clock) {
        this.meters = meters;
        this.ledger = ledger;
        this.gauges = gauges;
        this.history = history;
        this.clock = clock;
    }

    /// Gauges are counted now, so a month that is over has none.
    public MonthUsage of(TenantRow tenant, Period period) {
        return ledger.ask(query(tenant, period));
    }

    /// The same, to be asked with other things.
    public Query<MonthUsage> query(TenantRow tenant, Period period) {
        var now = clock.instant();
        var present = period.contains(now);
        var plan = present ? tenant.plan() : history.planBefore(tenant, period.end());
        var totals = present
                ? UsageLedger.totalsAndGaugesQuery(tenant.id(), period)
                : UsageLedger.totalsQuery(tenant.id(), period);
        return totals.map(counted -> used(plan, counted, period, now));
    }

    private MonthUsage used(PlanVersion plan, Map<String, BigDecimal> totals, Period period, Instant now) {
        var present = period.contains(now);
        var used = meters.byName().values().stream()
                .filter(meter -> meter.isSum() || present)
                .map(meter -> MeterUsage.of(
                        meter,
                        plan.limit(meter.name()),
                        meter.isSum()
                                ? totals.getOrDefault(meter.name(), BigDecimal.ZERO)
                                : Gauges.found(meter, totals),
                        period,
                        now))
                .toList();
        return new MonthUsage(plan, used);
    }

    /// The meters that were used in a period, each with its days until now.
    public List<DailyUsage> daily(TenantRow tenant, Period period) {
        var used = ledger.days(tenant.id(), period);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var end = period.month().atEndOfMonth();
        // An event may be an hour ahead of us.
        var last = used.values().stream()
                .flatMap(days -> days.keySet().stream())
                .reduce(today, (one, other) -> one.isAfter(other) ? one : other);
        return meters.byName().values().stream()
                .filter(meter -> used.containsKey(meter.name()))
                .map(meter -> new DailyUsage(
                        meter.name(),
                        meter.title(),
                        meter.unit(),
                        days(
                                used.getOrDefault(meter.name(), Map.of()),
                                period.firstDay(),
                                last.isBefore(end) ? last : end)))
                .toList();
    }

    private static List<DailyUsage.Day> days(Map<LocalDate, BigDecimal> used, LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .map(day -> new DailyUsage.Day(day, used.getOrDefault(day, BigDecimal.ZERO)))
                .toList();
    }

    /// Counts something that the platform itself saw, in the running transaction and scope. The same id counts once.
    ///
    /// @param source which part of the platform saw it, for example `/autostack/marketplace`
    /// @throws IllegalArgumentException no such meter, or one that is not a sum
    public void count(UUID tenant, String source, String id, String meter, BigDecimal quantity) {
        if (meters.find(meter).filter(Meter::isSum).isEmpty())
            throw new IllegalArgumentException("no meter that sums is called " + meter);
        ledger.add(List.of(new UsageEvent(tenant, source, id, meter, quantity, clock.instant(), "{}")));
    }

    /// What a tenant has used on one meter by now: this month's sum, or the gauge.
    public BigDecimal now(TenantRow tenant, Meter meter) {
        return meter.isSum()
                ? ledger.totals(tenant.id(), Period.at(clock.instant())).getOrDefault(meter.name(), BigDecimal.ZERO)
                : gauges.count(tenant.id(), meter);
    }
}
