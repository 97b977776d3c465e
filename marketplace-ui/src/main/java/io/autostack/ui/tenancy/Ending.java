package io.autostack.ui.tenancy;

/// What the viewer may do to take a tenant's data away, and to close it.
///
/// @param retentionDays how long a closed tenant can come back
public record Ending(boolean mayExport, boolean mayClose, long retentionDays) {}
