package io.autostack.ui.marketplace;

import io.autostack.ui.parts.Badge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app of a tenant in a list.
public record DeploymentRow(
        String id,
        String name,
        String template,
        String version,
        Badge status,
        boolean simulated,
        Instant createdAt,
        @Nullable String address) {}
