package io.autostack.provisioning.plans;

import io.autostack.provisioning.cloud.Sizing;
import java.util.Optional;
import java.util.UUID;

/// What whoever owns the plans says about a tenant that is being moved from one to another, at the moment it is asked.
public interface PlanFit {

    /// Why the tenant cannot make this move now, in sentences that say what to do; empty when it can.
    Optional<String> findObstacle(UUID tenant, Version from, Version to);

    /// The size of the plan that the tenant is on; empty when there is no such tenant.
    Optional<Sizing> findSizing(UUID tenant);

    /// A version of a plan.
    record Version(String plan, int number) {}
}
