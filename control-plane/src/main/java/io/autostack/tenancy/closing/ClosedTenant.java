package io.autostack.tenancy.closing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A closing of a tenant: when, by whom, and how it ended if it did.
///
/// @param operation that closed it
/// @param retainedUntil when it is deleted, unless it is reopened before
/// @param wasSuspended what it goes back to when it is reopened
public record ClosedTenant(
        UUID id,
        UUID tenant,
        UUID operation,
        String closedBy,
        Instant closedAt,
        Instant retainedUntil,
        boolean wasSuspended,
        @Nullable Instant reopenedAt,
        @Nullable Instant deletedAt) {

    /// Whether it is still closed and can come back, as far as the clock says.
    public boolean canComeBack(Instant now) {
        return reopenedAt == null && deletedAt == null && now.isBefore(retainedUntil);
    }
}
