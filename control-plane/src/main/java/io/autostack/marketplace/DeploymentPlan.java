package io.autostack.marketplace;

import io.autostack.plugin.StackPlan;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// What a deployment would build. It waits for somebody to approve it, for a limited time.
public record DeploymentPlan(
        UUID id,
        UUID tenant,
        String template,
        String version,
        String appName,
        String appSlug,
        Map<String, String> answers,
        StackPlan stack,
        Instant expiresAt) {}
