package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that asks a template for a plan.
@CheckedTemplate(basePath = "marketplace")
public record DeployPage(Frame frame, DeployForm form) implements TemplateInstance {}
