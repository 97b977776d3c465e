package io.autostack.ui.gallery;

import io.autostack.ui.operations.Operation;
import io.autostack.ui.operations.OperationPage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.tenancy.OnboardForm;
import io.autostack.ui.tenancy.OnboardPage;
import io.autostack.ui.tenancy.TenantRow;
import io.autostack.ui.tenancy.TenantsPage;
import io.quarkus.qute.TemplateInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every page of the product in each state worth looking at, under a name that fits into an address.
public final class Gallery {

    private static final OnboardPage.SlugRule SLUG_RULE = new OnboardPage.SlugRule(
            "[a-z][a-z0-9\\-]*[a-z0-9]",
            3,
            40,
            "Small letters, digits and hyphens, 3 to 40 characters, starting with a letter. It cannot be changed later.",
            "http://your-slug.localhost:8081");

    private Gallery() {}

    public static Optional<TemplateInstance> page(String name) {
        return Optional.ofNullable(pages().get(name));
    }

    /// All pages by name, in the order in which a newcomer would meet them.
    public static Map<String, TemplateInstance> pages() {
        var pages = new LinkedHashMap<String, TemplateInstance>();
        tenancy(pages);
        operations(pages);
        return pages;
    }

    private static void tenancy(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Tenants", "/tenants");
        pages.put("tenants-empty", new TenantsPage(frame, List.of(), null));
        pages.put("tenants", new TenantsPage(frame, tenants(), "/tenants?page_token=abc"));
        var onboard = Samples.operator("Onboard a tenant", "/tenants");
        pages.put("onboard", new OnboardPage(onboard, OnboardForm.blank("starter"), Samples.plans(), SLUG_RULE));
        pages.put("onboard-wrong", new OnboardPage(onboard, wrongForm(), Samples.plans(), SLUG_RULE));
    }

    private static List<TenantRow> tenants() {
        return List.of(
                new TenantRow(
                        "Acme Bakery",
                        "acme",
                        Badge.plan("Starter"),
                        Badge.status("active"),
                        Samples.NOW.minusSeconds(86_400),
                        "http://acme.localhost:8081"),
                new TenantRow(
                        "Blue Harbour Logistics",
                        "blue-harbour",
                        Badge.plan("Business"),
                        Badge.status("provisioning"),
                        Samples.NOW.minusSeconds(12),
                        null),
                new TenantRow(
                        "Cedar & Sons",
                        "cedar",
                        Badge.plan("Professional"),
                        Badge.status("suspended"),
                        Samples.NOW.minusSeconds(8_640_000),
                        "http://cedar.localhost:8081"),
                new TenantRow(
                        "Delta Robotics",
                        "delta",
                        Badge.plan("Enterprise"),
                        Badge.status("failed"),
                        Samples.NOW.minusSeconds(3_600),
                        null));
    }

    private static OnboardForm wrongForm() {
        return new OnboardForm("Acme Bakery", "Acme!", "gold", "alice(at)example", List.of())
                .with(List.of(
                        new FieldError("slug", "Use small letters, digits and hyphens only, for example “acme”."),
                        new FieldError("plan", "There is no plan “gold”. Choose one of the four below."),
                        new FieldError("adminEmail", "This is not an e-mail address.")));
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
