package io.autostack.ui.problem;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What the address of a problem's type leads to.
@CheckedTemplate(basePath = "problem")
public record ProblemTypePage(Frame frame, ProblemType type) implements TemplateInstance {}
