package io.autostack.ui.problem;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// Every type of problem that the platform answers with.
@CheckedTemplate(basePath = "problem")
public record ProblemTypesPage(Frame frame, List<ProblemType> types) implements TemplateInstance {}
