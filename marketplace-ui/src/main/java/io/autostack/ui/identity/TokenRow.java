package io.autostack.ui.identity;

import io.autostack.ui.parts.Badge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token without its secret, which nobody knows any more.
public record TokenRow(
        String id,
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt,
        Badge status,
        boolean revocable) {}
