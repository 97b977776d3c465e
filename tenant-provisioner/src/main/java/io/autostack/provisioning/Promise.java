package io.autostack.provisioning;

import java.util.UUID;

/// Something to be built, changed or removed for a tenant.
///
/// @param requestKey the same key makes the same promise only once
public record Promise(String kind, UUID tenant, String requestKey, Facts facts) {}
