package io.autostack.ui.moves;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.tenancy.PlacementOption;
import io.autostack.ui.tenancy.TenantTabs;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of a tenant to production: what is still open, what it costs, and how far it has come.
///
/// @param placements for the new database; with one there is nothing to choose
@CheckedTemplate(basePath = "moves")
public record MovePage(
        Frame frame,
        TenantTabs tabs,
        String environment,
        @Nullable String refusal,
        List<Check> checks,
        List<Confirmation> confirmations,
        List<Fact> costs,
        List<PlacementOption> placements,
        @Nullable Made made,
        boolean mayMove,
        boolean mayGoBack)
        implements TemplateInstance {

    /// Something the platform looked up; `remedy` says what to do about it, or is empty.
    public record Check(String what, Badge answer, String remedy) {}

    /// Something that a person confirms.
    public record Confirmation(String word, String sentence, boolean ticked) {}

    /// The newest move; `operation` is its id, `keptUntil` is when the old database goes.
    public record Made(
            Badge state,
            List<Fact> facts,
            String operation,
            @Nullable Instant keptUntil) {}
}
