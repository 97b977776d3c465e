package io.autostack.provisioning.cloud;

/// Where a server listens.
public record Address(String host, int port) {}
