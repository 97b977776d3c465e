package io.autostack.ui.billing;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.PlanOffer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plans side by side; `current` is the id of the one the viewer is on, if any.
@CheckedTemplate(basePath = "billing")
public record PlansPage(
        Frame frame, List<PlanOffer> plans, @Nullable String current) implements TemplateInstance {}
