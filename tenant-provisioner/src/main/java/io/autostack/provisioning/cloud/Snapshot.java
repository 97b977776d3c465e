package io.autostack.provisioning.cloud;

import java.time.Instant;
import java.util.UUID;

/// A complete copy of a database.
///
/// @param database that it is a copy of
/// @param takenAt the moment whose data it holds
public record Snapshot(String name, UUID tenant, String database, Instant takenAt, long bytes) {}
