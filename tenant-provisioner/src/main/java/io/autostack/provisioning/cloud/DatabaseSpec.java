package io.autostack.provisioning.cloud;

import java.util.UUID;

/// A database that a step wants. The secret holds `username` and `password`.
///
/// @param baseline true when it starts with the tenant schema, false when it starts empty
/// @param placement which server it is on
/// @param server what that one is like, where the cloud has one for each tenant
public record DatabaseSpec(
        UUID tenant, String name, String secret, boolean baseline, Placement placement, ServerSpec server) {

    /// The same on another kind of server.
    public DatabaseSpec on(ServerSpec other) {
        return new DatabaseSpec(tenant, name, secret, baseline, placement, other);
    }

    /// On the server that many tenants share.
    public DatabaseSpec(UUID tenant, String name, String secret, boolean baseline) {
        this(tenant, name, secret, baseline, Placement.SHARED, ServerSpec.POC);
    }
}
