package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.lists.Listing;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The tenants of the platform, for operators and finance.
@CheckedTemplate(basePath = "tenancy")
public record TenantsPage(Frame frame, Listing list, List<TenantRow> tenants) implements TemplateInstance {}
