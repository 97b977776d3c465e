package io.autostack.metering;

import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Answers what a tenant has used.
@ApplicationScoped
public class Usage {

    private final Meters meters;
    private final UsageLedger ledger;
    private final Gauges gauges;
    private final InstantSource clock;

    @Inject
    Usage(Meters meters, UsageLedger ledger, Gauges gauges, InstantSource clock) {
        this.meters = meters;
        this.ledger = ledger;
        this.gauges = gauges;
        this.clock = clock;
    }

    /// Every meter in its order. Gauges are counted now, so a month that is over has none.
    public List<MeterUsage> of(TenantRow tenant, Period period) {
        var now = clock.instant();
        var totals = ledger.totals(tenant.id(), period);
        return meters.byName().values().stream()
                .filter(meter -> meter.isSum() || period.contains(now))
                .map(meter -> MeterUsage.of(
                        meter,
                        tenant.plan().limit(meter.name()),
                        meter.isSum()
                                ? totals.getOrDefault(meter.name(), BigDecimal.ZERO)
                                : gauges.count(tenant.id(), meter),
                        period,
                        now))
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
