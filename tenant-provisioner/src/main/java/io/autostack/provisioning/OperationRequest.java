package io.autostack.provisioning;

import java.util.UUID;

/// Something to be built, changed or removed for a tenant.
///
/// @param requestKey the same key enqueues only once
public record OperationRequest(String kind, UUID tenant, String requestKey, Facts facts) {}
