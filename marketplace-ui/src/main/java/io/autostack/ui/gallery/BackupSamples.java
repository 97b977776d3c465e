package io.autostack.ui.gallery;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.BackupRow;
import io.autostack.ui.tenancy.BackupsPage;
import io.autostack.ui.tenancy.DrillRow;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Backups of a tenant.
final class BackupSamples {

    private static final String KEPT = "Backed up once a day; each backup is kept for 7 days.";
    private static final String TARGETS = "Targets: within 60 minutes, with data no older than 5 minutes.";

    private BackupSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        pages.put("backups-empty", page(List.of(), null, List.of(), false));
        pages.put("backups", page(backups(), "/tenants/acme/backups?page_token=abc", drills(), true));
    }

    private static BackupsPage page(
            List<BackupRow> backups, @Nullable String next, List<DrillRow> drills, boolean mayDrill) {
        return new BackupsPage(
                Samples.operator("Backups of Acme Bakery", "/tenants"),
                Samples.tabs(TenantTab.BACKUPS),
                Samples.tenant(true),
                KEPT,
                backups,
                next,
                TARGETS,
                drills,
                true,
                mayDrill);
    }

    private static List<BackupRow> backups() {
        var taken = Samples.NOW.minusSeconds(7_200);
        return List.of(
                new BackupRow(
                        "1",
                        Badge.status("taking"),
                        "taken by hand",
                        Samples.OPERATION,
                        null,
                        null,
                        null,
                        null,
                        false,
                        false),
                new BackupRow(
                        "2",
                        Badge.status("kept"),
                        "the daily one",
                        Samples.OPERATION,
                        taken,
                        8_123_456L,
                        taken.plus(Duration.ofDays(7)),
                        "6 days left",
                        true,
                        true),
                new BackupRow(
                        "3",
                        Badge.status("removed"),
                        "what a restore or a move replaced",
                        Samples.OPERATION,
                        taken.minus(Duration.ofDays(9)),
                        0L,
                        taken,
                        null,
                        false,
                        false));
    }

    private static List<DrillRow> drills() {
        return List.of(
                new DrillRow(Badge.status("running"), Samples.NOW, Samples.OPERATION, null, null),
                new DrillRow(
                        Badge.status("passed"),
                        Samples.NOW.minusSeconds(600),
                        Samples.OPERATION,
                        Duration.ofMillis(2_340),
                        Duration.ofMinutes(110)));
    }
}
