package io.autostack.billing;

import io.autostack.plans.PlanVersion;
import io.autostack.shared.Money;
import java.util.UUID;

/// A tenant's change of plan as accounts have it: append-only, one for each operation.
///
/// @param operation that made the change
/// @param rounding how the amounts were rounded
/// @param formula how they were calculated, and who says so
public record PlanChange(
        UUID id,
        UUID tenant,
        UUID operation,
        Side from,
        Side to,
        Proration proration,
        String rounding,
        String formula) {

    /// A plan version and its price for a month, as it was then.
    public record Side(String plan, int version, Money price) {

        static Side of(PlanVersion version) {
            return new Side(version.plan(), version.version(), version.price());
        }
    }
}
