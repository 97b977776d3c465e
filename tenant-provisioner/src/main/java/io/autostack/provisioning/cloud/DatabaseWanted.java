package io.autostack.provisioning.cloud;

import java.util.UUID;

/// A database that a step wants. The secret holds `username` and `password`.
///
/// @param baseline true when it starts with the tenant schema, false when it starts empty
public record DatabaseWanted(UUID tenant, String name, String secret, boolean baseline) {}
