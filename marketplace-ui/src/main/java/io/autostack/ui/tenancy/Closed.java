package io.autostack.ui.tenancy;

import java.time.Instant;

/// A tenant that is closed: by whom, until when it can come back, and who may do what about it.
///
/// @param overdue the time in which it could come back is over, and its deletion is not
/// @param deleted nothing of it is left, and there is a certificate
public record Closed(
        Instant closedAt,
        String closedBy,
        Instant until,
        boolean overdue,
        boolean mayReopen,
        boolean mayDelete,
        boolean deleted) {}
