package io.autostack.ui.problem;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A problem that takes the whole page.
@CheckedTemplate(basePath = "problem")
public record ProblemPage(Frame frame, Problem problem) implements TemplateInstance {}
