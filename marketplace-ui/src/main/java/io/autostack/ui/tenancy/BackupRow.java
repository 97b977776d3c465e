package io.autostack.ui.tenancy;

import io.autostack.ui.parts.Badge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A backup in a tenant's list.
///
/// @param kind in words, as in “taken by hand”
/// @param operation id of the operation that takes it
/// @param left how long it is kept, in words; null when it is not
public record BackupRow(
        String id,
        Badge state,
        String kind,
        String operation,
        @Nullable Instant takenAt,
        @Nullable Long bytes,
        @Nullable Instant expiresAt,
        @Nullable String left,
        boolean mayRestore,
        boolean mayRemove) {}
