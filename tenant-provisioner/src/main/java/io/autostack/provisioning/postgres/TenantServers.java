package io.autostack.provisioning.postgres;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which server a database is on, as the driver has them: the one that many tenants share, or the tenant's own.
public interface TenantServers {

    /// The one that many tenants share.
    TenantServer shared();

    /// A server of the tenant's own is made and started when it is not there.
    TenantServer ensure(DatabaseSpec desired);

    /// What a copy of a database goes to is there, or comes with the copy.
    default Outcome prepare(DatabaseSpec desired) {
        var server = ensure(desired);
        return Outcome.done(Map.of(
                "placement", desired.placement().word(),
                "host", server.host(),
                "port", Integer.toString(server.port())));
    }

    /// A server of the tenant's own is started when it does not run; empty when the tenant has none.
    Optional<TenantServer> find(DatabaseSpec desired);

    /// The same for who only looks: empty also when it would have to be started.
    default Optional<TenantServer> glance(DatabaseSpec desired) {
        return find(desired);
    }

    /// Stops a server that only this database is on, where that saves anything.
    default Outcome rest(DatabaseSpec desired) {
        return Outcome.done(Map.of("server", "goes on: stopping it would save nothing"));
    }

    /// All on which the tenant may have something, the shared one first.
    List<TenantServer> all(UUID tenant);

    /// The shared one, and those that were started or found running by us; nothing is started for the answer.
    List<TenantServer> running();

    /// As of the last start; nothing is started for the answer.
    Optional<Address> findAddress(DatabaseSpec desired);

    /// Why no database can be placed so here, in words for the person who asked; empty when one can.
    Optional<String> findObstacleTo(Placement placement);

    /// Takes away the tenant's own server when no database is on it any more.
    ///
    /// @param otherwise the answer when there is no such server, or when it is still needed
    Outcome removeIfEmpty(UUID tenant, Outcome otherwise);

    /// The same once this database is gone, if the server was its tenant's own.
    Outcome removeIfEmpty(DatabaseSpec removed, Outcome otherwise);
}
