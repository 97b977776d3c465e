package io.autostack.ui.gallery;

import io.autostack.ui.marketplace.Component;
import io.autostack.ui.marketplace.ContainerLogPage;
import io.autostack.ui.marketplace.DeployForm;
import io.autostack.ui.marketplace.DeployPage;
import io.autostack.ui.marketplace.Deployment;
import io.autostack.ui.marketplace.DeploymentPage;
import io.autostack.ui.marketplace.DeploymentPlan;
import io.autostack.ui.marketplace.DeploymentPlan.LimitUse;
import io.autostack.ui.marketplace.DeploymentPlan.Line;
import io.autostack.ui.marketplace.DeploymentPlan.Price;
import io.autostack.ui.marketplace.DeploymentPlanPage;
import io.autostack.ui.marketplace.DeploymentRow;
import io.autostack.ui.marketplace.Field;
import io.autostack.ui.marketplace.Field.Choice;
import io.autostack.ui.marketplace.LimitReachedPage;
import io.autostack.ui.marketplace.MarketplacePage;
import io.autostack.ui.marketplace.Refusal;
import io.autostack.ui.marketplace.Search;
import io.autostack.ui.marketplace.TemplateCard;
import io.autostack.ui.marketplace.TemplatePage;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.AmountRange;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The catalogue and one app, from choosing a template to a deployment.
final class MarketplaceSamples {

    private static final AmountRange MONTHLY = range("18.25", "31.90");
    private static final List<Search.Category> CATEGORIES = List.of(
            new Search.Category("web", "Web applications", 4),
            new Search.Category("data", "Data", 3),
            new Search.Category("observability", "Observability", 2));

    private MarketplaceSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        catalogue(pages);
        template(pages);
        deployForm(pages);
        plans(pages);
        deployment(pages);
    }

    static List<DeploymentRow> deployments() {
        return List.of(new DeploymentRow(
                "shop", "shop", "Next.js + PostgreSQL", "1.0.0", Badge.status("active"), true, Samples.NOW, null));
    }

    private static void catalogue(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Marketplace", "/marketplace");
        var all = new Search("", "", CATEGORIES);
        pages.put("marketplace", new MarketplacePage(frame, all, cards(), "/marketplace?page_token=abc"));
        pages.put("marketplace-empty", new MarketplacePage(frame, new Search("", "", List.of()), List.of(), null));
        pages.put(
                "marketplace-nothing-found",
                new MarketplacePage(frame, new Search("mainframe", "data", CATEGORIES), List.of(), null));
    }

    private static List<TemplateCard> cards() {
        return List.of(
                card(),
                new TemplateCard(
                        "python-api",
                        "Python API + Redis",
                        "An HTTP API with a cache in front of its database.",
                        "Web applications",
                        "0.9.2",
                        false,
                        range("24.10", "24.10")),
                new TemplateCard(
                        "metrics",
                        "Metrics stack",
                        "Collects and keeps numbers.",
                        "Observability",
                        "2.1.0",
                        true,
                        null));
    }

    private static TemplateCard card() {
        return new TemplateCard(
                "nextjs-postgres",
                "Next.js + PostgreSQL",
                "A web application with its own database, ready for a first release.",
                "Web applications",
                "1.0.0",
                true,
                MONTHLY);
    }

    private static TemplatePage.TenantChoices choices(String q, List<TemplatePage.TenantChoice> found, boolean more) {
        return new TemplatePage.TenantChoices(q, found, more);
    }

    private static List<TemplatePage.TenantChoice> many() {
        return IntStream.range(1, 9)
                .mapToObj(number -> new TemplatePage.TenantChoice("Bakery of street " + number, "bakery-" + number))
                .toList();
    }

    private static void template(Map<String, TemplateInstance> pages) {
        var about = new TemplatePage.Description(
                "A Next.js application in a container, and a PostgreSQL database beside it.\n\nThe connection arrives as a secret; nothing is written into the image.",
                "AutoStack",
                List.of(
                        new TemplatePage.Version("1.0.0", Samples.NOW.minusSeconds(900_000), Badge.status("listed")),
                        new TemplatePage.Version("0.9.0", Samples.NOW.minusSeconds(9_000_000), Badge.status("yanked"))),
                List.of(
                        new TemplatePage.Parameter(
                                "size",
                                "Size",
                                "one of small, medium, large",
                                "small",
                                true,
                                "How much one container gets."),
                        new TemplatePage.Parameter(
                                "containers",
                                "Containers",
                                "whole number, 1 to 10",
                                "1",
                                true,
                                "How many run side by side."),
                        new TemplatePage.Parameter(
                                "image", "Image", "text", null, true, "The image of your application.")),
                List.of("Create a database", "Store a secret", "Run one container"),
                new TemplatePage.Example("small, 1 container", MONTHLY));
        var choices = List.of(
                new TemplatePage.TenantChoice("Acme Bakery", "acme"),
                new TemplatePage.TenantChoice("Cedar & Sons", "cedar"));
        var frame = Samples.operator("Next.js + PostgreSQL", "/marketplace");
        pages.put("template", new TemplatePage(frame, card(), about, choices("", choices, false)));
        pages.put("template-many-tenants", new TemplatePage(frame, card(), about, choices("", many(), true)));
        pages.put(
                "template-no-such-tenant", new TemplatePage(frame, card(), about, choices("zebra", List.of(), false)));
        var bare = new TemplatePage.Description("A template.", "AutoStack", List.of(), List.of(), List.of(), null);
        pages.put("template-bare", new TemplatePage(frame, card(), bare, choices("", List.of(), false)));
    }

    private static void deployForm(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Deploy Next.js + PostgreSQL", "/marketplace");
        pages.put(
                "deploy", new DeployPage(frame, form(List.of(name(""), size(), containers("1"), cache()), List.of())));
        var wrong = List.of(
                name("Shop!").wrong("Use small letters, digits and hyphens only."),
                size(),
                containers("eleven").wrong("Give a whole number from 1 to 10."),
                cache());
        pages.put(
                "deploy-wrong",
                new DeployPage(
                        frame,
                        form(wrong, List.of("The template refused this combination: a cache needs size medium."))));
    }

    private static DeployForm form(List<Field> fields, List<String> errors) {
        return new DeployForm(
                "Acme Bakery", "acme", "nextjs-postgres", "Next.js + PostgreSQL", "1.0.0", fields, errors);
    }

    private static Field name(String value) {
        return Field.text("name", "Name of the app", "Small letters, digits and hyphens.", value, true);
    }

    private static Field size() {
        var sizes = List.of(new Choice("small", "Small"), new Choice("medium", "Medium"), new Choice("large", "Large"));
        return Field.choice("p.size", "Size", "How much one container gets.", "small", true, sizes);
    }

    private static Field containers(String value) {
        return Field.number("p.containers", "Containers", "How many run side by side.", value, true, 1L, 10L);
    }

    private static Field cache() {
        return Field.flag("p.cache", "Add a cache", "Costs a little more, answers faster.", true);
    }

    private static void plans(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Plan for shop", "/marketplace");
        pages.put("plan", new DeploymentPlanPage(frame, plan(1, false, null)));
        pages.put("plan-refused", new DeploymentPlanPage(frame, plan(2, false, refusal())));
        pages.put("plan-expired", new DeploymentPlanPage(frame, plan(1, true, null)));
        pages.put("limit-reached", new LimitReachedPage(frame, "Acme Bakery", "acme", refusal()));
    }

    private static DeploymentPlan plan(int appsAfter, boolean expired, @Nullable Refusal refusal) {
        var one = BigDecimal.ONE;
        return new DeploymentPlan(
                "01981f61-0000-7000-8000-000000000001",
                "Acme Bakery",
                "acme",
                "nextjs-postgres",
                "Next.js + PostgreSQL",
                "1.0.0",
                "shop",
                components(List.of(), List.of()),
                new Price(
                        MONTHLY,
                        List.of(
                                new Line(
                                        "Container",
                                        "vCPU",
                                        "0.25 vCPU × $0.04048 per vCPU-hour × 730 h",
                                        Amount.usd("7.39"),
                                        Amount.usd("14.78")),
                                new Line(
                                        "Container",
                                        "Memory",
                                        "0.5 GB × $0.004445 per GB-hour × 730 h",
                                        Amount.usd("1.62"),
                                        Amount.usd("3.24")),
                                new Line(
                                        "Database",
                                        "Share of the instance",
                                        "5 GB × $0.115 per GB-month, and hours as used",
                                        Amount.usd("9.24"),
                                        Amount.usd("13.88"))),
                        List.of("Data transfer out", "Backups beyond the size of the database", "Taxes")),
                List.of(
                        new LimitUse("Apps", BigDecimal.valueOf(appsAfter - 1L), BigDecimal.valueOf(appsAfter), one),
                        new LimitUse("Users", new BigDecimal("42"), new BigDecimal("42"), null)),
                List.of("Create a database", "Store a secret", "Run one container"),
                List.of("The image tag “latest” may change under you. Name a version."),
                Samples.NOW.plusSeconds(3_600),
                expired,
                refusal);
    }

    private static List<Component> components(List<Fact> database, List<Fact> container) {
        return List.of(
                new Component(
                        "Database",
                        "acme_shop",
                        false,
                        List.of(Fact.text("Engine", "PostgreSQL 18"), Fact.text("Storage", "5 GB")),
                        database),
                new Component("Secret", "tenants/acme/apps/shop", false, List.of(), List.of()),
                new Component(
                        "Container",
                        "shop",
                        true,
                        List.of(
                                Fact.code("Image", "registry.example/acme/shop:1.4.2"),
                                Fact.text("Size", "0.25 vCPU, 0.5 GB")),
                        container));
    }

    private static Refusal refusal() {
        return new Refusal(
                "Apps",
                BigDecimal.ONE,
                BigDecimal.ONE,
                "Acme Bakery is on Starter, which allows 1 app, and “bakery-site” already is one.",
                "Professional allows 5 apps. Or remove the app that is no longer needed.",
                "Compare the plans",
                "/plans");
    }

    private static void deployment(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("shop", "/tenants");
        var built = components(
                List.of(Fact.code("Server", "127.0.0.1:54321")),
                List.of(Fact.text("Container", "simulated, nothing runs")));
        pages.put("deployment", new DeploymentPage(frame, deployment("active", built), Samples.deploymentSimulated()));
        pages.put("deployment-closed", new DeploymentPage(frame, deployment("closed", built), null));
        pages.put(
                "deployment-new",
                new DeploymentPage(frame, deployment("deploying", List.of()), Samples.onboardingRunning()));
        var lines = """
            2026-11-20T10:15:30.123456789Z listening on 0.0.0.0:3000
            2026-11-20T10:15:31.000000001Z GET / 200 <script>alert("a line is a text")</script> and a line that is longer than any window is wide, so that it has to be broken somewhere
            """;
        pages.put("container-log", new ContainerLogPage(frame, "acme", "shop", "shop", "web", lines));
        pages.put("container-log-empty", new ContainerLogPage(frame, "acme", "shop", "shop", "web", ""));
    }

    private static Deployment deployment(String status, List<Component> components) {
        return new Deployment(
                "shop",
                "shop",
                "Acme Bakery",
                "acme",
                "nextjs-postgres",
                "Next.js + PostgreSQL",
                "1.0.0",
                Badge.status(status),
                Samples.NOW,
                status.equals("closed"),
                null,
                MONTHLY,
                components);
    }

    private static AmountRange range(String low, String high) {
        return new AmountRange(Amount.usd(low), Amount.usd(high));
    }
}
