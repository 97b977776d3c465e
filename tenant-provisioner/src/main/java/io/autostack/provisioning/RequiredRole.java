package io.autostack.provisioning;

/// Who asks for a kind of operation, and so may let one of it go on that failed: who may not do the one may not do the
/// other either.
public enum RequiredRole {
    /// Administrators of the tenant.
    ADMINISTRATOR,
    /// Owners of the tenant.
    OWNER,
    /// Operators of the platform, and nobody of the tenant.
    OPERATOR
}
