package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.PlanOffer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form that onboards a tenant, told which plans there are, how much room there is and what a slug has to look
/// like.
///
/// @param unknownRoom said when there are no rooms
/// @param placements with one there is nothing to choose
/// @param shortage why nobody can be onboarded now; null when there is room
@CheckedTemplate(basePath = "tenancy")
public record OnboardPage(
        Frame frame,
        OnboardForm form,
        List<RoomRow> rooms,
        String unknownRoom,
        @Nullable String shortage,
        List<PlanOffer> plans,
        List<PlacementOption> placements,
        SlugRule slugRule)
        implements TemplateInstance {

    /// `pattern` is a regular expression for the browser, `help` the same for people,
    /// `address` what a slug becomes, as in `http://your-slug.localhost:8081`.
    public record SlugRule(String pattern, int shortest, int longest, String help, String address) {}
}
