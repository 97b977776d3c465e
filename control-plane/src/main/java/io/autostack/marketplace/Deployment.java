package io.autostack.marketplace;

import java.time.Instant;
import java.util.UUID;

/// A template deployed as an app of a tenant.
///
/// @param templateName as the deployed version calls itself
/// @param status deploying, running, failed or released; closing or closed when its tenant is
/// @param simulated true when at least one part has nothing real behind it
public record Deployment(
        UUID id,
        UUID tenant,
        String app,
        String name,
        UUID plan,
        String template,
        String templateName,
        String version,
        UUID operation,
        String status,
        boolean simulated,
        String createdBy,
        Instant createdAt) {

    /// Whether it was built and is gone with its tenant.
    boolean closed() {
        return status.equals("closed");
    }
}
