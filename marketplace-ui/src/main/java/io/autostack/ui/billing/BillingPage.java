package io.autostack.ui.billing;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.YearMonth;
import java.util.List;

/// What each tenant pays this month, and the export of it.
@CheckedTemplate(basePath = "billing")
public record BillingPage(Frame frame, YearMonth period, List<YearMonth> periods, List<Row> rows, Amount total)
        implements TemplateInstance {

    /// A tenant and the price of its plan in the period.
    public record Row(String tenantName, String slug, Badge plan, Amount price) {}
}
