package io.autostack.ui.gallery;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.DomainsPage;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant's domains in each state.
final class DomainSamples {

    private static final Instant CLAIMED = Instant.parse("2026-11-18T09:30:00Z");

    private DomainSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        var none = new DomainsPage.Form("", null);
        pages.put("domains-empty", page(true, List.of(), none, null));
        pages.put(
                "domains",
                page(
                        true,
                        List.of(domain("bakery.example", true), domain("xn--bckerei-5wa.example", false)),
                        none,
                        null));
        pages.put(
                "domains-wrong",
                page(
                        true,
                        List.of(domain("bakery.example", true)),
                        new DomainsPage.Form("127.0.0.1", "must be a name, not an IP address"),
                        null));
        pages.put(
                "domains-refused",
                page(
                        false,
                        List.of(domain("bakery.example", false)),
                        none,
                        "bakery.example is proven by somebody else on this platform; if it is yours, ask an operator."));
        pages.put(
                "domains-without-effect",
                page(true, List.of(), none, null, "This version leads no domain of a tenant's own to it here."));
    }

    private static DomainsPage page(
            boolean mayClaim, List<DomainsPage.Domain> domains, DomainsPage.Form form, @Nullable String refusal) {
        return page(mayClaim, domains, form, refusal, null);
    }

    private static DomainsPage page(
            boolean mayClaim,
            List<DomainsPage.Domain> domains,
            DomainsPage.Form form,
            @Nullable String refusal,
            @Nullable String obstacle) {
        return new DomainsPage(
                Samples.operator("Domains of Acme Bakery", "/tenants"),
                Samples.tabs(TenantTab.DOMAINS),
                "Acme Bakery",
                "acme",
                mayClaim,
                domains,
                form,
                refusal,
                obstacle);
    }

    private static DomainsPage.Domain domain(String name, boolean verified) {
        return new DomainsPage.Domain(
                name,
                name.replace("xn--bckerei-5wa", "bäckerei"),
                Badge.status(verified ? "verified" : "claimed"),
                verified,
                "_autostack-challenge." + name,
                "autostack=Zm9yLXRoaXMtdGVuYW50LW9ubHk",
                CLAIMED,
                verified ? CLAIMED.plusSeconds(600) : null);
    }
}
