package io.autostack.plans;

import io.autostack.shared.Money;
import java.time.Duration;
import java.util.Map;

/// A published version of a plan.
///
/// @param rank order from the smallest plan upwards
/// @param price per month
/// @param limits by meter name; a meter without a limit here is not limited by the plan
/// @param size of the tenant's database
public record PlanVersion(
        String plan,
        int version,
        String name,
        int rank,
        Money price,
        String features,
        Map<String, PlanLimit> limits,
        Size size) {

    /// What a tenant's database may take.
    ///
    /// @param connections at once, at least 1
    /// @param statementTimeout how long one statement may run, whole seconds
    /// @param dedicated true when the plan comes with a server of the tenant's own
    public record Size(int connections, Duration statementTimeout, boolean dedicated) {
        public Size {
            if (connections < 1) throw new IllegalArgumentException("a database needs a connection: " + connections);
        }
    }

    public PlanVersion {
        limits = Map.copyOf(limits);
    }

    public PlanLimit limit(String meter) {
        return limits.getOrDefault(meter, new PlanLimit.Unlimited());
    }
}
