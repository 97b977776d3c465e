package io.autostack.ui.identity;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Shows a new token once.
@CheckedTemplate(basePath = "identity")
public record NewTokenPart(NewToken fresh) implements TemplateInstance {}
