package io.autostack.ui.tenancy;

import io.autostack.ui.parts.Badge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant in a list; there is no address to open before its application answers.
public record TenantRow(
        String name,
        String slug,
        Badge plan,
        Badge status,
        Instant createdAt,
        @Nullable String address) {

    /// Why there is no address, without promising one.
    public String noAddress() {
        return noAddress(status);
    }

    static String noAddress(Badge status) {
        return switch (status.text()) {
            case "provisioning" -> "none before it is set up";
            case "failed" -> "none, because setting it up failed";
            case "closing" -> "none, because it is being closed";
            case "closed" -> "none, because it is closed";
            default -> "none";
        };
    }
}
