package io.autostack.ui.tenancy;

import java.time.Instant;

/// A tenant that is closed: until when it can come back, and who may do what about it.
///
/// @param deleted nothing of it is left, and there is a certificate
public record Closed(Instant closedAt, Instant until, boolean mayReopen, boolean mayDelete, boolean deleted) {}
