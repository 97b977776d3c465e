package io.autostack.ui.gallery;

import io.autostack.ui.home.Count;
import io.autostack.ui.home.FinanceHomePage;
import io.autostack.ui.home.NothingYetPage;
import io.autostack.ui.home.OperatorHomePage;
import io.autostack.ui.home.TenantHomePage;
import io.autostack.ui.home.WelcomePage;
import io.autostack.ui.operations.Operation;
import io.autostack.ui.operations.OperationPage;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.tenancy.Ending;
import io.autostack.ui.tenancy.SettingsPage;
import io.autostack.ui.tenancy.TenantPage;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every page of the product in each state worth looking at, under a name that fits into an address.
public final class Gallery {

    private Gallery() {}

    public static Optional<TemplateInstance> page(String name) {
        return Optional.ofNullable(pages().get(name));
    }

    /// The overview: every part on one page, and links to all pages.
    public static TemplateInstance overview() {
        var parts = new GalleryPage.Parts(
                List.of(Tone.values()),
                Stream.of("active", "provisioning", "suspended", "failed", "closed")
                        .map(Badge::status)
                        .toList(),
                List.of(
                        Fact.text("Engine", "PostgreSQL 18"),
                        Fact.code("Secret", "tenants/acme/database"),
                        Fact.link("Address", "http://acme.localhost:8081", "http://acme.localhost:8081")),
                OnboardSamples.wrongForm().errors(),
                MoneySamples.meters(),
                MoneySamples.chart(),
                Samples.operationRows(),
                Samples.history(),
                Samples.onboardingFailed(),
                AccessSamples.problem());
        return new GalleryPage(Samples.operator("Gallery", "/gallery"), parts, List.copyOf(pages().keySet()));
    }

    /// All pages by name, in the order in which a newcomer would meet them.
    public static Map<String, TemplateInstance> pages() {
        var pages = new LinkedHashMap<String, TemplateInstance>();
        home(pages);
        tenancy(pages);
        operations(pages);
        MoveSamples.addTo(pages);
        MarketplaceSamples.addTo(pages);
        MoneySamples.addTo(pages);
        AccessSamples.addTo(pages);
        UpkeepSamples.addTo(pages);
        FleetSamples.addTo(pages);
        return pages;
    }

    private static void home(Map<String, TemplateInstance> pages) {
        pages.put("welcome", new WelcomePage(Samples.nobody("Welcome")));
        var home = Samples.operator("Home", "/");
        var counts = List.of(
                new Count("active tenants", new BigDecimal("128"), "/tenants"),
                new Count("apps", new BigDecimal("341"), "/tenants"),
                new Count("operations at work", new BigDecimal("2"), "/tenants"),
                new Count("failed operations", new BigDecimal("1"), "/audit"));
        pages.put("home-operator", new OperatorHomePage(home, counts, Samples.operationRows()));
        pages.put("home-operator-empty", new OperatorHomePage(home, List.of(), List.of()));
        pages.put(
                "home-tenant",
                new TenantHomePage(
                        Samples.tenantUser("Your tenants", "/"),
                        Samples.tenants().subList(0, 1)));
        pages.put(
                "home-finance",
                new FinanceHomePage(Samples.operator("Home", "/"), Samples.MONTH, Amount.usd("38270"), 128));
        pages.put("home-nothing", new NothingYetPage(Samples.tenantUser("Welcome", "/")));
    }

    private static void tenancy(Map<String, TemplateInstance> pages) {
        ListSamples.addTo(pages);
        OnboardSamples.addTo(pages);
        tenant(pages);
        settings(pages);
        BackupSamples.addTo(pages);
        EndingSamples.addTo(pages);
        DomainSamples.addTo(pages);
    }

    private static void tenant(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Acme Bakery", "/tenants");
        pages.put(
                "tenant",
                new TenantPage(
                        frame.telling(Tone.GOOD, "Acme Bakery is ready."),
                        Samples.tabs(TenantTab.OVERVIEW),
                        Samples.tenant(true),
                        null,
                        null,
                        MarketplaceSamples.deployments(),
                        MoneySamples.meters(),
                        Samples.operationRows(),
                        Samples.history()));
        pages.put(
                "tenant-new",
                new TenantPage(
                        frame,
                        Samples.tabs(TenantTab.OVERVIEW),
                        Samples.tenant(false),
                        null,
                        Samples.onboardingRunning(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static void settings(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Acme Bakery", "/tenants");
        pages.put(
                "settings",
                new SettingsPage(
                        frame, Samples.tabs(TenantTab.SETTINGS), Samples.tenant(true), new Ending(true, true, 30)));
    }

    private static void operations(Map<String, TemplateInstance> pages) {
        operation(pages, "operation-running", Samples.onboardingRunning());
        operation(pages, "operation-done", Samples.onboardingDone());
        operation(pages, "operation-failed", Samples.onboardingFailed());
        operation(pages, "operation-simulated", Samples.deploymentSimulated());
    }

    private static void operation(Map<String, TemplateInstance> pages, String name, Operation operation) {
        pages.put(name, new OperationPage(Samples.operator(operation.title(), "/tenants"), operation));
    }
}
