package io.autostack.ui.marketplace;

import io.autostack.ui.parts.AmountRange;
import io.autostack.ui.parts.Badge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An app of a tenant as its page shows it; `closed` when it is gone with its tenant.
public record Deployment(
        String id,
        String name,
        String tenantName,
        String slug,
        String templateId,
        String templateName,
        String version,
        Badge status,
        Instant createdAt,
        boolean closed,
        @Nullable String address,
        @Nullable AmountRange monthly,
        List<Component> components) {

    public boolean simulated() {
        return components.stream().anyMatch(Component::simulated);
    }
}
