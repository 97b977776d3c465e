package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The last lines that one container of an app wrote; empty when it wrote nothing.
@CheckedTemplate(basePath = "marketplace")
public record ContainerLogPage(Frame frame, String slug, String deployment, String app, String container, String text)
        implements TemplateInstance {}
