package io.autostack.ui.gallery;

import io.autostack.ui.moves.MovePage;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.tenancy.TenantTab;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The way to production in its states.
final class MoveSamples {

    private static final List<Fact> COSTS = List.of(
            Fact.text("A month before", "$55.52"),
            Fact.text("A month after", "$122.51 ($66.99 more)"),
            Fact.text("Once", "$500.00 to $1,050.00"));

    private MoveSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Production for Acme Bakery", "/tenants");
        var tabs = Samples.tabs(TenantTab.SETTINGS);
        var checks = List.of(
                new MovePage.Check("The tenant is active.", new Badge("met", Tone.GOOD), ""),
                new MovePage.Check(
                        "No operation was left failed.",
                        new Badge("open", Tone.BAD),
                        "Retry or release: Deploy shop for acme."),
                new MovePage.Check(
                        "There is room for two more copies.",
                        new Badge("not checked here", Tone.NEUTRAL),
                        "Look at the free space of the database server’s disk."));
        var confirmations = List.of(
                new MovePage.Confirmation("load-test", "A load test confirms the capacity.", true),
                new MovePage.Confirmation("on-call", "There is an on-call rotation.", false));
        pages.put(
                "move-open",
                new MovePage(
                        frame,
                        tabs,
                        "Proof of concept",
                        "The list says what is still open, and how to mend it.",
                        checks,
                        confirmations,
                        COSTS,
                        OnboardSamples.PLACEMENTS,
                        null,
                        true,
                        false));
        var made = new MovePage.Made(
                new Badge("moved", Tone.GOOD),
                List.of(
                        Fact.code("From", "tenant_019acb627a7b7c3a9d520123456789ab"),
                        Fact.code("To", "tenant_019acb627a7b7c3a9d520123456789ab__4711"),
                        Fact.text("Nobody could write for", "2140 ms")),
                Samples.OPERATION,
                Samples.NOW.plus(Duration.ofHours(48)));
        pages.put(
                "move-made",
                new MovePage(
                        frame,
                        tabs,
                        "Production",
                        null,
                        List.of(),
                        List.of(),
                        COSTS,
                        OnboardSamples.NO_CHOICE,
                        made,
                        false,
                        true));
    }
}
