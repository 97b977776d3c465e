package io.autostack.tenancy.backups;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A backup of a tenant.
///
/// @param operation that takes it
/// @param snapshot name of the copy
/// @param database that it is a copy of
/// @param file where the copy is also kept as a file, or why it is not
/// @param takenAt the moment whose data it holds
public record Backup(
        UUID id,
        UUID tenant,
        UUID operation,
        BackupKind kind,
        BackupState state,
        String snapshot,
        String database,
        @Nullable String file,
        @Nullable Long bytes,
        @Nullable Instant takenAt,
        @Nullable Instant expiresAt,
        String requestedBy,
        Instant createdAt) {

    /// Whether it can be restored.
    public boolean isThere(Instant now) {
        return state == BackupState.KEPT && !isExpired(now);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
