package io.autostack.ui.gallery;

import io.autostack.ui.tenancy.CertificatePage;
import io.autostack.ui.tenancy.Closed;
import io.autostack.ui.tenancy.ConfirmPage;
import io.autostack.ui.tenancy.TenantPage;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a tenant ends.
final class EndingSamples {

    private EndingSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        closed(pages, "tenant-closed", true, false, false);
        closed(pages, "tenant-overdue", false, true, false);
        closed(pages, "tenant-deleted", false, false, true);
        confirm(pages, "close", ConfirmPage.Act.CLOSE, "", null);
        confirm(pages, "close-wrong", ConfirmPage.Act.CLOSE, "akme", "must be the short name of the tenant, “acme”");
        confirm(pages, "delete", ConfirmPage.Act.DELETE, "", null);
        pages.put(
                "certificate",
                new CertificatePage(
                        Samples.operator("Certificate of deletion", "/tenants"),
                        "Acme Bakery",
                        "01a1f91b-0000-7000-8000-00000000000c",
                        Samples.NOW,
                        """
                        AutoStack certificate of deletion
                        tenant: 01a1f91b-0000-7000-8000-000000000001
                        short name: acme
                        removed at closing: database tenant_019acb627a7b7c3a9d520123456789ab dropped, role tenant_019acb627a7b7c3a9d520123456789ab dropped
                        removed now, secrets: tenants/acme/database
                        left when looked at afterwards, databases: none
                        kept, history: who did what and when
                        """,
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        "/api/v1/tenants/acme/certificate"));
    }

    private static void closed(
            Map<String, TemplateInstance> pages, String name, boolean may, boolean overdue, boolean deleted) {
        pages.put(
                name,
                new TenantPage(
                        Samples.operator("Acme Bakery", "/tenants"),
                        Samples.tabs(TenantTab.OVERVIEW),
                        Samples.tenant("closed"),
                        new Closed(
                                Samples.NOW.minusSeconds(2_592_000),
                                "alice",
                                overdue ? Samples.NOW.minusSeconds(60) : Samples.NOW.plusSeconds(86_400),
                                overdue,
                                may,
                                may,
                                deleted),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static void confirm(
            Map<String, TemplateInstance> pages,
            String name,
            ConfirmPage.Act act,
            String typed,
            @Nullable String error) {
        pages.put(
                name,
                new ConfirmPage(
                        Samples.operator(act.title() + " Acme Bakery", "/tenants"),
                        Samples.tabs(TenantTab.SETTINGS),
                        act,
                        30,
                        typed,
                        error));
    }
}
