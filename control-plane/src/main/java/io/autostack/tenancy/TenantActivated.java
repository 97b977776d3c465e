package io.autostack.tenancy;

import io.autostack.provisioning.cloud.SchemaReading;
import java.util.UUID;

/// A tenant's onboarding is done. Observers work in the transaction that makes it active.
///
/// @param schema of its new database
public record TenantActivated(UUID tenant, SchemaReading.Observed schema) {}
