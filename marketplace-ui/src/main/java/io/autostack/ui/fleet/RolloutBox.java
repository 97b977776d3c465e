package io.autostack.ui.fleet;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The live box around [RolloutProgress]: listens to `/fleet/{id}/events` until the event `done` arrives, then the
/// page is fetched again.
@CheckedTemplate(basePath = "fleet")
public record RolloutBox(Rollout rollout) implements TemplateInstance {}
