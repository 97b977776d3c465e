package io.autostack.ui.gallery;

import io.autostack.ui.billing.BillingPage;
import io.autostack.ui.billing.PlansPage;
import io.autostack.ui.metering.MeterUsage;
import io.autostack.ui.metering.UsageChart;
import io.autostack.ui.metering.UsagePage;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Usage, plans and bills.
final class MoneySamples {

    private MoneySamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        usage(pages);
        var frame = Samples.operator("Plans", "/plans");
        pages.put("plans", new PlansPage(frame, Samples.plans(), "professional", null));
        pages.put("plans-empty", new PlansPage(frame, List.of(), null, null));
        var move = new PlansPage.Move("Acme Bakery", "acme", null, List.of());
        pages.put("plan-change", new PlansPage(frame, Samples.plans(), "starter", move));
        var refused = new PlansPage.Move(
                "Acme Bakery", "acme", "Starter allows 1 app; 3 in use. Reduce by 2 apps first.", changes());
        pages.put("plan-change-refused", new PlansPage(frame, Samples.plans(), "professional", refused));
        billing(pages);
    }

    private static List<PlansPage.Change> changes() {
        return List.of(new PlansPage.Change(
                Instant.parse("2026-11-21T00:00:00Z"),
                "01a1f91b-0000-7000-8000-000000000001",
                "Starter",
                "Professional",
                YearMonth.of(2026, 11),
                new BigDecimal("33.33"),
                Amount.usd("33.00"),
                Amount.usd("99.67")));
    }

    static List<MeterUsage> meters() {
        return List.of(
                meter("Apps", "apps", "1", "1", null),
                meter("Users", "users", "42", "100", "51"),
                meter("API requests", "requests", "84210", "100000", "126300"),
                meter("Build minutes", "minutes", "612.5", "500", "918.75"),
                meter("Storage", "GB-hours", "1203.25", null, "1804.9"));
    }

    static UsageChart chart() {
        var days = IntStream.rangeClosed(1, 20)
                .mapToObj(day -> new UsageChart.Day(
                        LocalDate.of(2026, 11, day), BigDecimal.valueOf(1_800L + (day * 7_919L) % 5_200L)))
                .toList();
        return new UsageChart("API requests", "requests", days);
    }

    private static void usage(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Usage", "/tenants");
        var months = List.of(Samples.MONTH, Samples.MONTH.minusMonths(1), Samples.MONTH.minusMonths(2));
        var plan = Badge.plan("Starter");
        var blank = new UsageChart(
                "Build minutes", "minutes", List.of(new UsageChart.Day(LocalDate.of(2026, 11, 1), BigDecimal.ZERO)));
        pages.put(
                "usage",
                new UsagePage(
                        frame,
                        Samples.tabs(TenantTab.USAGE),
                        plan,
                        Samples.MONTH,
                        months,
                        meters(),
                        List.of(chart(), blank)));
        pages.put(
                "usage-empty",
                new UsagePage(frame, Samples.tabs(TenantTab.USAGE), plan, Samples.MONTH, months, List.of(), List.of()));
    }

    private static void billing(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Billing", "/billing");
        var months = List.of(Samples.MONTH, Samples.MONTH.minusMonths(1));
        var rows = List.of(
                new BillingPage.Row("Acme Bakery", "acme", Badge.plan("Starter"), Amount.usd("99")),
                new BillingPage.Row("Cedar & Sons", "cedar", Badge.plan("Professional"), Amount.usd("299")),
                new BillingPage.Row("Delta Robotics", "delta", Badge.plan("Enterprise"), Amount.usd("1999")));
        pages.put("billing", new BillingPage(frame, Samples.MONTH, months, rows, Amount.usd("2397")));
        pages.put("billing-empty", new BillingPage(frame, Samples.MONTH, months, List.of(), Amount.usd("0")));
    }

    private static MeterUsage meter(
            String label, String unit, String used, @Nullable String limit, @Nullable String projected) {
        return new MeterUsage(
                label,
                unit,
                new BigDecimal(used),
                limit == null ? null : new BigDecimal(limit),
                projected == null ? null : new BigDecimal(projected));
    }
}
