package io.autostack.ui.fleet;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Everything about a rollout that changes while it runs: this is the data of each message of the event stream.
@CheckedTemplate(basePath = "fleet")
public record RolloutProgress(Rollout rollout) implements TemplateInstance {}
