package io.autostack.ui.home;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.tenancy.TenantRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The tenants in which the viewer is a member.
@CheckedTemplate(basePath = "home")
public record TenantHomePage(Frame frame, List<TenantRow> tenants) implements TemplateInstance {}
