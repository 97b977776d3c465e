package io.autostack.ui.operations;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// One operation, followed live.
@CheckedTemplate(basePath = "operations")
public record OperationPage(Frame frame, Operation operation) implements TemplateInstance {}
