package io.autostack.ui.operations;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The live box around [Steps]: listens to `/operations/{id}/events` until the event `done` arrives.
/// When it is `embedded` in the page of what is being built, that page is fetched again at the end,
/// because more than the steps has changed on it.
@CheckedTemplate(basePath = "operations")
public record Progress(Operation operation, boolean embedded) implements TemplateInstance {}
