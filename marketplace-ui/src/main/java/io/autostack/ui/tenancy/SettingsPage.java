package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What can be changed about a tenant, each with what it means.
@CheckedTemplate(basePath = "tenancy")
public record SettingsPage(Frame frame, TenantTabs tabs, Tenant tenant, Ending ending) implements TemplateInstance {}
