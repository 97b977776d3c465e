package io.autostack.tenancy;

import io.autostack.plans.PlanLimit;
import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.Money;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.PlanOffer;
import io.autostack.ui.tenancy.PlacementOption;
import io.autostack.ui.tenancy.Tenant;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.ui.tenancy.TenantTabs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// Tenants and plans as parts of pages.
public final class TenantParts {

    private TenantParts() {}

    public static io.autostack.ui.tenancy.TenantRow row(TenantRow tenant) {
        return new io.autostack.ui.tenancy.TenantRow(
                tenant.name(),
                tenant.slug(),
                Badge.plan(tenant.plan().name()),
                Badge.status(tenant.status().word()),
                tenant.createdAt(),
                tenant.address().orElse(null));
    }

    public static Tenant tenant(TenantRow tenant, boolean mayDeploy, boolean mayAdminister, boolean mayOperate) {
        return new Tenant(
                tenant.name(),
                tenant.slug(),
                Badge.plan(tenant.plan().name()),
                Badge.status(tenant.status().word()),
                tenant.createdAt(),
                tenant.address().orElse(null),
                tenant.adminEmail(),
                tenant.database()
                        .map(database -> new Tenant.Database(
                                database.engine(),
                                database.host(),
                                database.port(),
                                database.name(),
                                database.secret()))
                        .orElse(null),
                mayDeploy && tenant.status() == TenantStatus.ACTIVE,
                mayAdminister && tenant.status() == TenantStatus.ACTIVE,
                mayOperate && tenant.status() == TenantStatus.ACTIVE,
                mayOperate && tenant.status() == TenantStatus.SUSPENDED);
    }

    public static TenantTabs tabs(TenantRow tenant, TenantTab current, boolean mayAdminister) {
        return new TenantTabs(tenant.name(), tenant.slug(), current, mayAdminister);
    }

    /// Where a database can be.
    public static List<PlacementOption> placements(CloudDescription cloud) {
        return cloud.onboarding().placements().stream()
                .map(choice -> new PlacementOption(
                        choice.placement().map(Placement::word).orElse(""), choice.title(), choice.text()))
                .toList();
    }

    public static Amount amount(Money money) {
        return new Amount(money.amount(), money.currency().getCurrencyCode());
    }

    public static PlanOffer offer(PlanVersion plan) {
        return new PlanOffer(
                plan.plan(),
                plan.name(),
                amount(plan.price()),
                limit(plan.limit("apps"), "app", "apps"),
                limit(plan.limit("users"), "user", "users"),
                List.of());
    }

    private static String limit(PlanLimit limit, String one, String many) {
        return switch (limit) {
            case PlanLimit.Hard(var max) ->
                String.format(Locale.ROOT, "%,d", max.toBigInteger()) + " "
                        + (max.compareTo(BigDecimal.ONE) == 0 ? one : many);
            case PlanLimit.Unlimited() -> "Unlimited " + many;
            case PlanLimit.Custom() -> "As many " + many + " as agreed";
        };
    }
}
