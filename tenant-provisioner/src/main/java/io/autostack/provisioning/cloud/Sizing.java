package io.autostack.provisioning.cloud;

import java.time.Duration;

/// How much a database may take.
///
/// @param connections at once, at least 1
/// @param statementTimeout how long one statement may run, whole seconds
public record Sizing(int connections, Duration statementTimeout) {}
