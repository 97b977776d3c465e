package io.autostack.metering;

import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;

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

    /// What a tenant has used on one meter by now: this month's sum, or the gauge.
    public BigDecimal now(TenantRow tenant, Meter meter) {
        return meter.isSum()
                ? ledger.totals(tenant.id(), Period.at(clock.instant())).getOrDefault(meter.name(), BigDecimal.ZERO)
                : gauges.count(tenant.id(), meter);
    }
}
