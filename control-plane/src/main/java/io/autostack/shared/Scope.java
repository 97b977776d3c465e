package io.autostack.shared;

import java.util.UUID;

/// Which tenants' rows a database connection sees: none until somebody says otherwise.
public sealed interface Scope {

    /// Nobody's rows.
    record None() implements Scope {}

    /// The rows of one tenant.
    record OfTenant(UUID tenant) implements Scope {}

    /// All rows: operators looking over the fleet, workers, sign-in.
    record Platform() implements Scope {}

    Scope NONE = new None();
    Scope PLATFORM = new Platform();
}
