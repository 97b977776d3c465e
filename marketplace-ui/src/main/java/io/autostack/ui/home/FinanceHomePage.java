package io.autostack.ui.home;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Amount;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.YearMonth;

/// The current month in three numbers.
@CheckedTemplate(basePath = "home")
public record FinanceHomePage(Frame frame, YearMonth period, Amount total, long tenants) implements TemplateInstance {}
