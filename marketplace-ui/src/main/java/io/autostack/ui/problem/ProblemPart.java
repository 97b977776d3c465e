package io.autostack.ui.problem;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A problem that is put into the page one is on (`HX-Retarget: #problem`).
@CheckedTemplate(basePath = "problem")
public record ProblemPart(Problem problem) implements TemplateInstance {}
