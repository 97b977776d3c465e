package io.autostack.ui.tenancy;

import io.autostack.ui.parts.Badge;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A restore drill in a tenant's list.
///
/// @param rto how long it took until everything was restored and compared
/// @param rpo how old the data were
public record DrillRow(
        Badge state,
        Instant at,
        String operation,
        @Nullable Duration rto,
        @Nullable Duration rpo) {}
