package io.autostack.plans;

import io.autostack.shared.Money;
import java.util.Map;

/// A published version of a plan.
///
/// @param rank order from the smallest plan upwards
/// @param price per month
/// @param limits by meter name; a meter without a limit here is not limited by the plan
public record PlanVersion(
        String plan, int version, String name, int rank, Money price, String features, Map<String, PlanLimit> limits) {

    public PlanVersion {
        limits = Map.copyOf(limits);
    }

    public PlanLimit limit(String meter) {
        return limits.getOrDefault(meter, new PlanLimit.Unlimited());
    }
}
