package io.autostack.ui.operations;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Everything about an operation that changes while it runs: this is the data of each message of the event stream.
@CheckedTemplate(basePath = "operations")
public record Steps(Operation operation) implements TemplateInstance {}
