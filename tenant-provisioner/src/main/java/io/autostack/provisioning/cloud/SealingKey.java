package io.autostack.provisioning.cloud;

/// A key of the installation, and how much is sealed under it.
///
/// @param current whether new secrets are sealed under it
/// @param there false when it is needed and cannot be found
/// @param secrets how many versions of secrets need it
public record SealingKey(String id, boolean current, boolean there, long secrets) {}
