package io.autostack.ui.billing;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.PlanOffer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plans side by side; `current` is the id of the one the viewer is on, if any, and with a `move` the others can
/// be moved to.
@CheckedTemplate(basePath = "billing")
public record PlansPage(
        Frame frame,
        List<PlanOffer> plans,
        @Nullable String current,
        @Nullable Move move) implements TemplateInstance {

    /// A tenant that may move to another plan; `refusal` says what stands in the way of the move asked for last.
    public record Move(
            String tenantName, String slug, @Nullable String refusal) {}
}
