package io.autostack.ui.gallery;

import io.autostack.ui.fleet.FleetPage;
import io.autostack.ui.fleet.Rollout;
import io.autostack.ui.fleet.RolloutPage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;

/// The fleet with a rollout at work, one that stopped, and nothing at all.
final class FleetSamples {

    private static final String ID = "01981f5e-7c1d-7a51-9f2e-3b8a4c6d7e90";
    private static final String OLD = "202611201000";
    private static final String NEW = "202612011200";
    private static final FleetPage.Start BLANK = new FleetPage.Start(List.of(NEW, OLD), NEW, "", List.of());

    private FleetSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Fleet", "/fleet");
        pages.put("fleet", new FleetPage(frame, null, versions(), 2, drift(), null, BLANK, past()));
        pages.put("fleet-running", new FleetPage(frame, null, versions(), 0, List.of(), running(), BLANK, past()));
        pages.put(
                "fleet-wrong",
                new FleetPage(
                        frame,
                        null,
                        versions(),
                        0,
                        List.of(),
                        null,
                        new FleetPage.Start(
                                List.of(NEW),
                                NEW,
                                "acmee",
                                List.of(new FieldError(
                                        "canary",
                                        "There is no tenant “acmee” that is served and not at that version yet"))),
                        past()));
        pages.put(
                "fleet-unusable",
                new FleetPage(
                        frame,
                        "There is no folder /srv/migrations. Make it, or take away the setting"
                                + " autostack.tenants.migrations.",
                        List.of(),
                        0,
                        List.of(),
                        null,
                        new FleetPage.Start(List.of(), "", "", List.of()),
                        List.of()));
        pages.put("rollout", new RolloutPage(frame, stopped(), parts(), "/fleet/" + ID + "?page_token=abc"));
    }

    private static List<FleetPage.Version> versions() {
        return List.of(
                new FleetPage.Version(NEW, "app answers", 2, false, true, List.of("9f86d081884c · 2")),
                new FleetPage.Version(
                        OLD, "app guestbook", 126, true, true, List.of("60303ae22b99 · 125", "a1b2c3 · 1")));
    }

    private static List<FleetPage.Drift> drift() {
        return List.of(new FleetPage.Drift("Cedar & Sons", "cedar", OLD, "a1b2c3d4e5f6", "60303ae22b99"));
    }

    private static List<FleetPage.Past> past() {
        return List.of(
                new FleetPage.Past(ID, NEW, Badge.status("running"), 128, "olivia", Samples.NOW),
                new FleetPage.Past(ID, OLD, Badge.status("done"), 90, "olivia", Samples.NOW.minusSeconds(9_000_000)));
    }

    private static Rollout running() {
        return new Rollout(
                ID,
                NEW,
                Badge.status("running"),
                true,
                null,
                false,
                "olivia",
                Samples.NOW.minusSeconds(42),
                null,
                List.of(
                        new Rollout.Wave("Canary", 1, 1, 0, 0),
                        new Rollout.Wave("One in ten", 13, 4, 3, 0),
                        new Rollout.Wave("The rest", 114, 0, 0, 0)),
                List.of(),
                new Rollout.Steering(true, false, true));
    }

    private static Rollout stopped() {
        return new Rollout(
                ID,
                NEW,
                Badge.status("stopped"),
                false,
                "cedar: the migration does not fit this tenant: could not create unique index.",
                true,
                "olivia",
                Samples.NOW.minusSeconds(300),
                Samples.NOW,
                List.of(new Rollout.Wave("Canary", 1, 1, 0, 0), new Rollout.Wave("One in ten", 13, 4, 0, 1)),
                List.of(new Rollout.Failure(
                        "Cedar & Sons", "cedar", "Could not create unique index.", Samples.OPERATION)),
                new Rollout.Steering(false, true, true));
    }

    private static List<RolloutPage.Part> parts() {
        return List.of(
                new RolloutPage.Part(
                        "Acme Bakery",
                        "acme",
                        "Canary",
                        Badge.status("done"),
                        OLD,
                        NEW,
                        "9f86d081884c",
                        Samples.OPERATION,
                        null),
                new RolloutPage.Part(
                        "Cedar & Sons",
                        "cedar",
                        "One in ten",
                        Badge.status("failed"),
                        OLD,
                        null,
                        null,
                        Samples.OPERATION,
                        "Could not create unique index."),
                new RolloutPage.Part(
                        "Delta Robotics", "delta", "The rest", Badge.status("waiting"), null, null, null, null, null));
    }
}
