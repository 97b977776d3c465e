package io.autostack.ui.billing;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.PlanOffer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plans side by side; `current` is the id of the one the viewer is on, if any, and with a `move` the others can
/// be moved to.
@CheckedTemplate(basePath = "billing")
public record PlansPage(
        Frame frame,
        List<PlanOffer> plans,
        @Nullable String current,
        @Nullable Move move) implements TemplateInstance {

    /// A tenant that may move to another plan; `refusal` says what stands in the way of the move asked for last.
    ///
    /// @param changes so far, newest first
    public record Move(
            String tenantName, String slug, @Nullable String refusal, List<Change> changes) {}

    /// A change of plan, and what the rest of the month was worth at both prices; `left` is in per cent.
    public record Change(
            Instant at,
            String operation,
            String from,
            String to,
            YearMonth month,
            BigDecimal left,
            Amount credit,
            Amount charge) {}
}
