package io.autostack.provisioning.plans;

import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import java.util.UUID;

/// The tenant that a change is about, as it is when the change is asked for.
///
/// @param database name of its database
/// @param secret name of the secret with its credentials
/// @param placement which server its database is on
/// @param server what a server of its own is like
/// @param requestedBy who asked, for history
public record Subject(
        UUID tenant,
        String slug,
        String database,
        String secret,
        Placement placement,
        ServerSpec server,
        String requestedBy) {

    /// The database as the cloud is asked for it.
    public DatabaseSpec databaseSpec() {
        return new DatabaseSpec(tenant, database, secret, true, placement, server);
    }

    /// The same tenant with another kind of server.
    Subject on(ServerSpec other) {
        return new Subject(tenant, slug, database, secret, placement, other, requestedBy);
    }

    /// The same tenant with another database of its own.
    public Subject in(DatabaseSpec other) {
        return new Subject(tenant, slug, other.name(), other.secret(), other.placement(), other.server(), requestedBy);
    }

    /// A database that the tenant gets besides, for a restore or a move; it is called after the change.
    DatabaseSpec copy(UUID change, Placement placement, ServerSpec server) {
        return new DatabaseSpec(
                tenant, Names.copy(database, change), Names.copySecret(slug, change), true, placement, server);
    }
}
