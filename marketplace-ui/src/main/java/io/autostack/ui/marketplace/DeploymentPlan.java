package io.autostack.ui.marketplace;

import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.AmountRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A priced plan that waits for approval; with a refusal it cannot be approved.
public record DeploymentPlan(
        String id,
        String tenantName,
        String slug,
        String templateId,
        String templateName,
        String version,
        String appName,
        List<Component> components,
        Price price,
        List<LimitUse> limits,
        List<String> permissions,
        List<String> warnings,
        Instant expiresAt,
        boolean expired,
        @Nullable Refusal refusal) {

    /// The monthly price with its arithmetic, line by line, and what it does not contain.
    public record Price(AmountRange monthly, List<Line> lines, List<String> leftOut) {}

    /// `arithmetic` is written out, as in “0.5 vCPU × $0.04048 × 730 h”.
    public record Line(String component, String item, String arithmetic, Amount low, Amount high) {}

    /// A limit of the tenant's plan before and after this deployment; no `limit` means unlimited.
    public record LimitUse(
            String label,
            BigDecimal used,
            BigDecimal after,
            @Nullable BigDecimal limit) {

        public boolean exceeded() {
            return limit != null && after.compareTo(limit) > 0;
        }
    }

    public boolean simulated() {
        return components.stream().anyMatch(Component::simulated);
    }

    public boolean approvable() {
        return !expired && refusal == null;
    }
}
