package io.autostack.ui.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened, in the past tense.
public record AuditRow(
        Instant at,
        String actor,
        String action,
        String object,
        @Nullable String objectHref,
        @Nullable String tenant) {}
