package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.lists.Listing;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The tenants of the platform, for operators and finance.
///
/// @param duration how long it takes until a tenant is there, as a sentence
@CheckedTemplate(basePath = "tenancy")
public record TenantsPage(Frame frame, Listing list, List<TenantRow> tenants, String duration)
        implements TemplateInstance {}
