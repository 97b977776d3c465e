package io.autostack.ui.audit;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.lists.Listing;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The history.
@CheckedTemplate(basePath = "audit")
public record AuditPage(Frame frame, Listing list, List<AuditRow> rows) implements TemplateInstance {}
