package io.autostack.ui.gallery;

import io.autostack.ui.audit.AuditRow;
import io.autostack.ui.frame.Frame;
import io.autostack.ui.metering.MeterUsage;
import io.autostack.ui.metering.UsageChart;
import io.autostack.ui.operations.Operation;
import io.autostack.ui.operations.OperationRow;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.problem.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The parts of the design system, and a way to every page in every state.
@CheckedTemplate(basePath = "gallery")
public record GalleryPage(Frame frame, Parts parts, List<String> pages) implements TemplateInstance {

    /// One sample of each part.
    public record Parts(
            List<Tone> tones,
            List<Badge> badges,
            List<Fact> facts,
            List<FieldError> errors,
            List<MeterUsage> meters,
            UsageChart chart,
            List<OperationRow> operations,
            List<AuditRow> audit,
            Operation operation,
            Problem problem) {}
}
