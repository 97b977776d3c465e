package io.autostack.metering;

import io.autostack.plans.PlanVersion;
import java.util.List;

/// What a tenant used in a month.
///
/// @param plan whose limits it is measured against; of a month that is over, the one that held at its end
/// @param meters every meter in its order
public record MonthUsage(PlanVersion plan, List<MeterUsage> meters) {

    public MonthUsage {
        meters = List.copyOf(meters);
    }
}
