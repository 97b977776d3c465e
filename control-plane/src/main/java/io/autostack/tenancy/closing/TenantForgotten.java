package io.autostack.tenancy.closing;

import java.util.UUID;

/// A tenant is deleted for good, in the transaction that runs: who keeps something of it without a reason to keep it
/// removes that now.
public record TenantForgotten(UUID tenant) {}
