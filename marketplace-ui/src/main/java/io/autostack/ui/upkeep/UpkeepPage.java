package io.autostack.ui.upkeep;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.RoomRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the last look after all tenants found, and how much room there is.
///
/// @param tenants written out, as in “128 of 128”
@CheckedTemplate(basePath = "upkeep")
public record UpkeepPage(
        Frame frame,
        @Nullable Run run,
        List<Finding> repaired,
        List<Finding> forPeople,
        List<Orphan> orphans,
        List<RoomRow> rooms,
        Section planning,
        List<OnAws> aws,
        String tenants)
        implements TemplateInstance {

    /// The last run.
    public record Run(Instant begunAt, Duration took, String tenants, String differing, String enqueued) {}

    /// A point in which a tenant differs. `operation` is the repair, once it is enqueued.
    public record Finding(
            String slug,
            String what,
            String wanted,
            String found,
            @Nullable String advice,
            Instant since,
            @Nullable String operation,
            Badge state) {}

    /// Something nobody owns.
    public record Orphan(String id, String kind, String name, String tagged, String why, Instant since) {}

    /// What the defaults of AWS have to do with this installation.
    public record Section(String title, String help) {}

    /// A default of AWS and how far it goes.
    public record OnAws(
            String service,
            String title,
            String limit,
            String perTenant,
            String tenantsAtMost,
            String needed,
            Badge state,
            String source) {}
}
