package io.autostack.ui.gallery;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.tenancy.RoomRow;
import io.autostack.ui.upkeep.UpkeepPage;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Looking after tenants, and the room for more of them.
final class UpkeepSamples {

    static final String SHORTAGE = "There is no room for one more tenant: Tenant databases 500 of 500 databases used, 0"
            + " free, 1 wanted. Make room or raise the limit, then try again.";

    private static final UpkeepPage.Section PLANNING = new UpkeepPage.Section(
            "If this ran on AWS",
            "Planning numbers: the defaults of a new AWS account, for a design with one of each for every tenant."
                    + " Nothing here uses them.");

    private UpkeepSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Upkeep", "/upkeep");
        pages.put(
                "upkeep",
                new UpkeepPage(
                        frame,
                        new UpkeepPage.Run(Samples.NOW, Duration.ofMillis(184), "128", "3", "2"),
                        repaired(),
                        forPeople(),
                        orphans(),
                        rooms(),
                        PLANNING,
                        aws(),
                        "128"));
        pages.put(
                "upkeep-quiet",
                new UpkeepPage(
                        frame,
                        new UpkeepPage.Run(Samples.NOW, Duration.ofMillis(179), "128", "0", "0"),
                        List.of(),
                        List.of(),
                        List.of(),
                        rooms(),
                        PLANNING,
                        aws(),
                        "128"));
    }

    static List<RoomRow> rooms() {
        return List.of(
                new RoomRow("Tenant databases", "500", "500", "0", "1", new Badge("full", Tone.BAD)),
                new RoomRow("Disk", "41.2 GB", "99.7 GB", "58.5 GB", "18.2 MB", new Badge("room", Tone.GOOD)),
                new RoomRow(
                        "Connections promised by plans",
                        "1,480",
                        "297",
                        "0",
                        "10",
                        new Badge("more promised than there is", Tone.WARN)));
    }

    private static List<UpkeepPage.Finding> repaired() {
        return List.of(
                new UpkeepPage.Finding(
                        "acme",
                        "role",
                        "tenant_019acb627a7b7c3a9d520123456789ab",
                        "missing",
                        null,
                        Samples.NOW.minusSeconds(20),
                        Samples.OPERATION,
                        new Badge("being repaired", Tone.BUSY)),
                new UpkeepPage.Finding(
                        "cedar",
                        "connections",
                        "20",
                        "500",
                        null,
                        Samples.NOW.minusSeconds(20),
                        null,
                        new Badge("waits for its turn", Tone.NEUTRAL)));
    }

    private static List<UpkeepPage.Finding> forPeople() {
        return List.of(new UpkeepPage.Finding(
                "delta",
                "database",
                "tenant_delta",
                "missing",
                "Restore it from a backup. An empty one is not made in its place.",
                Samples.NOW.minusSeconds(3_600),
                null,
                new Badge("for a person", Tone.WARN)));
    }

    private static List<UpkeepPage.Orphan> orphans() {
        return List.of(new UpkeepPage.Orphan(
                "o1",
                "database",
                "tenant_gone",
                "01981f5e-7c1d-7a51-9f2e-3b8a4c6d7e8f",
                "no such tenant",
                Samples.NOW.minusSeconds(90_000)));
    }

    private static List<UpkeepPage.OnAws> aws() {
        return List.of(new UpkeepPage.OnAws(
                "RDS",
                "DB instances",
                "40 per region",
                "1",
                "40",
                "128",
                new Badge("ask AWS for more", Tone.WARN),
                "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html"));
    }
}
