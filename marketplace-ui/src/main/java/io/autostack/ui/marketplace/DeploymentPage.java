package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.operations.Operation;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/// One app: what it consists of, with evidence, and the work on it.
@CheckedTemplate(basePath = "marketplace")
public record DeploymentPage(
        Frame frame, Deployment deployment, @Nullable Operation operation) implements TemplateInstance {}
