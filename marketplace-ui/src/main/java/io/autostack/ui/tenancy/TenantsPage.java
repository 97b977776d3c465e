package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every tenant of the platform, for operators; `next` is the address of the following page.
@CheckedTemplate(basePath = "tenancy")
public record TenantsPage(
        Frame frame, List<TenantRow> tenants, @Nullable String next) implements TemplateInstance {}
