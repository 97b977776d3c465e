package io.autostack.ui.metering;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.TenantTabs;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.YearMonth;
import java.util.List;

/// What a tenant used in a month; `periods` are the months one can look at, newest first.
@CheckedTemplate(basePath = "metering")
public record UsagePage(
        Frame frame,
        TenantTabs tabs,
        Badge plan,
        YearMonth period,
        List<YearMonth> periods,
        List<MeterUsage> meters,
        List<UsageChart> charts)
        implements TemplateInstance {}
