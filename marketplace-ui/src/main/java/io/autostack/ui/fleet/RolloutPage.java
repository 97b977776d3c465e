package io.autostack.ui.fleet;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rollout, followed live, and its tenants in the order in which they come.
@CheckedTemplate(basePath = "fleet")
public record RolloutPage(
        Frame frame,
        Rollout rollout,
        List<Part> tenants,
        @Nullable String next) implements TemplateInstance {

    public RolloutPage {
        tenants = List.copyOf(tenants);
    }

    /// A tenant in the rollout.
    public record Part(
            String name,
            String slug,
            String wave,
            Badge state,
            @Nullable String from,
            @Nullable String to,
            @Nullable String fingerprint,
            @Nullable String operation,
            @Nullable String message) {}
}
