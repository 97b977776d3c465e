package io.autostack.provisioning.cloud;

import java.util.Map;
import java.util.UUID;

/// What a secret holds at one stage.
///
/// @param version changes with the value, and says nothing else
public record Secret(String name, UUID tenant, String version, Map<String, String> value) {}
