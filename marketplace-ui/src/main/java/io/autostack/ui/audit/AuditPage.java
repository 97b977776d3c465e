package io.autostack.ui.audit;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The history, newest first.
@CheckedTemplate(basePath = "audit")
public record AuditPage(
        Frame frame,
        AuditFilter filter,
        List<AuditRow> rows,
        @Nullable String next) implements TemplateInstance {}
