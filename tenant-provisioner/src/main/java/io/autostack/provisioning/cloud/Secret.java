package io.autostack.provisioning.cloud;

import java.util.Map;
import java.util.UUID;

/// A secret's current value.
public record Secret(String name, UUID tenant, int version, Map<String, String> value) {}
