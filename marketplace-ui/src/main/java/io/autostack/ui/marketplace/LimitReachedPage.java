package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A limit was reached before there was anything to plan.
@CheckedTemplate(basePath = "marketplace")
public record LimitReachedPage(Frame frame, String tenantName, String slug, Refusal refusal)
        implements TemplateInstance {}
