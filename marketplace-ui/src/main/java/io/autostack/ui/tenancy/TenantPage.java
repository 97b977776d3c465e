package io.autostack.ui.tenancy;

import io.autostack.ui.audit.AuditRow;
import io.autostack.ui.frame.Frame;
import io.autostack.ui.marketplace.DeploymentRow;
import io.autostack.ui.metering.MeterUsage;
import io.autostack.ui.operations.Operation;
import io.autostack.ui.operations.OperationRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tenant with everything it has; `closed` says what is left of one that ended, `current` is the
/// operation that works on it right now.
@CheckedTemplate(basePath = "tenancy")
public record TenantPage(
        Frame frame,
        TenantTabs tabs,
        Tenant tenant,
        @Nullable Closed closed,
        @Nullable Operation current,
        List<DeploymentRow> deployments,
        List<MeterUsage> usage,
        List<OperationRow> operations,
        List<AuditRow> audit)
        implements TemplateInstance {}
