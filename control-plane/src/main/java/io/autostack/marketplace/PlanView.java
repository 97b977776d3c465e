package io.autostack.marketplace;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.costs.Estimate;
import io.autostack.costs.PriceBooks;
import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.plugin.Component;
import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A deployment plan with everything a person wants to know before approving: price, limits, what is real here.
@ApplicationScoped
public class PlanView {

    private final PriceBooks prices;
    private final Limits limits;
    private final Cloud cloud;
    private final CloudDescription description;

    @Inject
    PlanView(PriceBooks prices, Limits limits, Cloud cloud, CloudDescription description) {
        this.prices = prices;
        this.limits = limits;
        this.cloud = cloud;
        this.description = description;
    }

    /// What is shown.
    public record View(
            UUID id,
            String template,
            String version,
            String name,
            String app,
            Map<String, String> parameters,
            List<Part> components,
            Cost monthlyCost,
            List<LimitUse> limits,
            List<String> permissions,
            List<String> warnings,
            Instant expiresAt) {}

    /// One component.
    ///
    /// @param simulated true when this machine has nothing real for it
    /// @param builds false for what is only priced
    public record Part(String kind, String name, String configuration, boolean builds, boolean simulated) {

        /// How the names of the steps begin that build it.
        String step() {
            return switch (kind) {
                case "Object storage" -> "bucket:";
                default -> kind.toLowerCase(Locale.ROOT) + ":";
            };
        }
    }

    /// From a quiet to a busy month, with the arithmetic.
    public record Cost(
            BigDecimal low,
            BigDecimal high,
            String currency,
            int priceBook,
            String pricesAsOf,
            String region,
            int hoursPerMonth,
            List<Row> rows,
            List<String> notIncluded) {}

    /// One row of the cost; rounded half up to cents.
    public record Row(String component, String service, BigDecimal low, BigDecimal high, List<String> arithmetic) {}

    /// What the deployment does to one limit.
    ///
    /// @param limit null when the plan sets none
    /// @param reason null when it is allowed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LimitUse(
            String meter,
            BigDecimal used,
            BigDecimal after,
            @Nullable BigDecimal limit,
            boolean allowed,
            @Nullable String reason) {}

    public View of(DeploymentPlan plan, TenantRow tenant) {
        var runtime = cloud.containerRuntime();
        var parts = plan.stack().components().stream()
                .map(component -> part(component, runtime.real()))
                .toList();
        var warnings = new ArrayList<String>();
        var containers =
                plan.stack().components().stream().anyMatch(component -> component instanceof Component.Container);
        if (parts.stream().anyMatch(Part::simulated) || (containers && runtime.isNoteworthy()))
            warnings.add(runtime.sentence());
        if (parts.stream()
                .anyMatch(part ->
                        part.kind().equals("Container") && part.configuration().contains("copies")))
            description.limits().copies().ifPresent(warnings::add);
        return new View(
                plan.id(),
                plan.template(),
                plan.version(),
                plan.appName(),
                plan.appSlug(),
                plan.answers(),
                parts,
                cost(plan.stack()),
                List.of(apps(tenant)),
                plan.stack().permissions().stream().map(Permission::title).toList(),
                warnings,
                plan.expiresAt());
    }

    /// What a plan costs at the present price book.
    public Cost cost(StackPlan stack) {
        var estimate = Estimate.of(prices.current(), Stacks.priced(stack));
        return new Cost(
                estimate.low().amount(),
                estimate.high().amount(),
                estimate.low().currency().getCurrencyCode(),
                estimate.priceBook(),
                estimate.pricesAsOf().toString(),
                estimate.region(),
                estimate.hoursPerMonth(),
                estimate.rows().stream()
                        .map(row -> new Row(
                                row.component(),
                                row.service(),
                                row.low().amount(),
                                row.high().amount(),
                                row.lines().stream().map(Estimate.Line::formula).toList()))
                        .toList(),
                estimate.notIncluded());
    }

    private LimitUse apps(TenantRow tenant) {
        return switch (limits.check(tenant, "apps", BigDecimal.ONE)) {
            case LimitDecision.Allowed allowed ->
                new LimitUse("apps", allowed.used(), allowed.used().add(BigDecimal.ONE), allowed.limit(), true, null);
            case LimitDecision.Refused refused ->
                new LimitUse(
                        "apps",
                        refused.used(),
                        refused.used().add(BigDecimal.ONE),
                        refused.limit(),
                        false,
                        refused.reason());
        };
    }

    private Part part(Component component, boolean realContainers) {
        return switch (component) {
            case Component.Database database ->
                new Part(
                        "Database",
                        database.name(),
                        "PostgreSQL " + database.version() + ", " + database.storageGb() + " GB, "
                                + switch (database.placement()) {
                                    case Component.Database.Placement.TenantServer() -> "inside the tenant's server";
                                    case Component.Database.Placement.OwnServer own ->
                                        own.sizeClass() + (own.multiAz() ? ", Multi-AZ" : ", Single-AZ");
                                },
                        true,
                        false);
            case Component.Container container ->
                new Part(
                        "Container",
                        container.name(),
                        container.image() + ", " + copies(container.replicas()) + " × "
                                + container.size().vcpu().toPlainString() + " vCPU / "
                                + container.size().memoryGb().toPlainString() + " GB",
                        true,
                        description.simulates() && !realContainers);
            case Component.Secret secret ->
                new Part("Secret", secret.name(), String.join(", ", secret.fields()), true, false);
            case Component.ObjectStorage storage ->
                new Part("Object storage", storage.name(), range(storage.gb()) + " GB", true, description.simulates());
            case Component.Egress egress ->
                new Part("Traffic", egress.name(), range(egress.gb()) + " GB out per month", false, false);
            case Component.Logs logs -> new Part("Logs", logs.name(), range(logs.gb()) + " GB per month", false, false);
        };
    }

    private static String copies(Component.Container.Replicas replicas) {
        return replicas.min() == replicas.max()
                ? Integer.toString(replicas.min())
                : replicas.min() + " to " + replicas.max() + " copies";
    }

    private static String range(io.autostack.plugin.Range range) {
        return range.low().compareTo(range.high()) == 0
                ? range.low().toPlainString()
                : range.low().toPlainString() + " to " + range.high().toPlainString();
    }
}
