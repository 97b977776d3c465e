package io.autostack.ui.problem;

import org.jspecify.annotations.Nullable;

/// A problem as it is shown: what happened, what to do, and what to quote when asking for help.
public record Problem(
        int status,
        String title,
        String detail,
        @Nullable String wayOut,
        @Nullable String traceId) {}
