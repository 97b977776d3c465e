package io.autostack.ui.tenancy;

import io.autostack.ui.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backups of a tenant, and what trying them out has shown.
///
/// @param kept how long backups of this tenant are kept and when they are taken, in a sentence
/// @param targets what a drill is measured against, in a sentence
/// @param next address of the next page of backups, or null
/// @param mayBackUp whether the viewer may take one now
/// @param mayDrill whether the viewer may try the newest one out now
@CheckedTemplate(basePath = "tenancy")
public record BackupsPage(
        Frame frame,
        TenantTabs tabs,
        Tenant tenant,
        String kept,
        List<BackupRow> backups,
        @Nullable String next,
        String targets,
        List<DrillRow> drills,
        boolean mayBackUp,
        boolean mayDrill)
        implements TemplateInstance {}
