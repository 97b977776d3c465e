package io.autostack.provisioning.cloud;

/// Whether containers run here for real.
///
/// @param real false when containers are simulated
/// @param sentence what a person should know about it
public record ContainerRuntime(boolean real, String sentence) {}
