package io.autostack.ui.gallery;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.tenancy.OnboardForm;
import io.autostack.ui.tenancy.OnboardPage;
import io.autostack.ui.tenancy.PlacementOption;
import io.autostack.ui.tenancy.RoomRow;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that onboards a tenant, on one machine and on AWS.
final class OnboardSamples {

    private static final Frame FRAME = Samples.operator("Onboard a tenant", "/tenants");
    private static final String WARNING = "Calls go to http://127.0.0.1:4566, which is not AWS.";

    private static final OnboardPage.SlugRule SLUG_RULE = new OnboardPage.SlugRule(
            "[a-z][a-z0-9\\-]*[a-z0-9]",
            3,
            40,
            "Small letters, digits and hyphens, 3 to 40 characters, starting with a letter. It cannot be changed later.",
            "http://your-slug.localhost:8081");

    static final List<PlacementOption> PLACEMENTS = List.of(
            new PlacementOption("", "As the plan says", "Enterprise has a server of its own, the others share one."),
            new PlacementOption("shared", "Shared server", "A database of its own beside those of other tenants."),
            new PlacementOption(
                    "dedicated",
                    "Dedicated cluster",
                    "A PostgreSQL process and a data directory for this tenant alone."));

    static final List<PlacementOption> NO_CHOICE = List.of(new PlacementOption(
            "",
            "An RDS instance of its own",
            "PostgreSQL for this tenant alone. AWS takes 10 to 20 minutes to make it."));

    private OnboardSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        pages.put("onboard", page(FRAME, OnboardForm.blank("starter"), UpkeepSamples.rooms(), null, PLACEMENTS));
        pages.put("onboard-wrong", page(FRAME, wrongForm(), UpkeepSamples.rooms(), UpkeepSamples.SHORTAGE, PLACEMENTS));
        pages.put(
                "onboard-without-a-choice",
                page(
                        new Frame(FRAME.title(), FRAME.viewer(), FRAME.nav(), WARNING, null, null),
                        OnboardForm.blank("starter"),
                        List.of(),
                        null,
                        NO_CHOICE));
    }

    private static OnboardPage page(
            Frame frame,
            OnboardForm form,
            List<RoomRow> rooms,
            @Nullable String shortage,
            List<PlacementOption> placements) {
        return new OnboardPage(
                frame,
                form,
                rooms,
                "The cloud did not say how much room it has.",
                shortage,
                Samples.plans(),
                placements,
                SLUG_RULE);
    }

    static OnboardForm wrongForm() {
        return new OnboardForm("Acme Bakery", "Acme!", "gold", "poc", "dedicated", "alice(at)example", List.of())
                .with(List.of(
                        new FieldError("slug", "Use small letters, digits and hyphens only, for example “acme”."),
                        new FieldError("plan", "There is no plan “gold”. Choose one of the four below."),
                        new FieldError("adminEmail", "This is not an e-mail address.")));
    }
}
