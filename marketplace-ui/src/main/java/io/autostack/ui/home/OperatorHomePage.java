package io.autostack.ui.home;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.operations.OperationRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// How the platform is doing.
@CheckedTemplate(basePath = "home")
public record OperatorHomePage(Frame frame, List<Count> counts, List<OperationRow> operations)
        implements TemplateInstance {}
