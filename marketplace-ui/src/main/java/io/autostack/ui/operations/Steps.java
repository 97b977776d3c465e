package io.autostack.ui.operations;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/// Everything about an operation that changes while it runs: this is the data of each message of the event stream.
@CheckedTemplate(basePath = "operations")
public record Steps(Operation operation, @Nullable String csrf) implements TemplateInstance {}
