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
        @Nullable String address) {}
