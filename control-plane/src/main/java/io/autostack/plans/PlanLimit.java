package io.autostack.plans;

import java.math.BigDecimal;

/// How far a plan lets a tenant go on one meter. Unlimited and custom are cases of their own, never magic numbers.
public sealed interface PlanLimit {

    /// No more than this.
    record Hard(BigDecimal max) implements PlanLimit {
        public Hard {
            if (max.signum() < 0) throw new IllegalArgumentException("a limit must not be negative: " + max);
        }
    }

    /// No check at all.
    record Unlimited() implements PlanLimit {}

    /// Agreed with each tenant; no check until something is agreed (specification, plans §2).
    record Custom() implements PlanLimit {}
}
