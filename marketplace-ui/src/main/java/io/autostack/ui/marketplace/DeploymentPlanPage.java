package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What would be built, what it would cost, and the button that says yes.
@CheckedTemplate(basePath = "marketplace")
public record DeploymentPlanPage(Frame frame, DeploymentPlan plan) implements TemplateInstance {}
