package io.autostack.provisioning.plans;

import io.autostack.provisioning.cloud.Placement;
import java.util.UUID;

/// The tenant that a change is about, as it is when the change is asked for.
///
/// @param database name of its database
/// @param secret name of the secret with its credentials
/// @param placement which server its database is on
/// @param requestedBy who asked, for history
public record Subject(
        UUID tenant, String slug, String database, String secret, Placement placement, String requestedBy) {}
