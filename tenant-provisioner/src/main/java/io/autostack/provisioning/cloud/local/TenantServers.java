package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Which server a database is on: the one that many tenants share, or the tenant's own.
@ApplicationScoped
class TenantServers {

    private final TenantServer shared;
    private final Clusters clusters;

    @Inject
    TenantServers(TenantServer shared, Clusters clusters) {
        this.shared = shared;
        this.clusters = clusters;
    }

    TenantServer shared() {
        return shared;
    }

    /// A dedicated server is made and started when it is not there.
    TenantServer ensure(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> shared;
            case DEDICATED -> clusters.ensure(desired.tenant());
        };
    }

    /// A dedicated server is started when it does not run; empty when the tenant has none.
    Optional<TenantServer> find(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> Optional.of(shared);
            case DEDICATED -> clusters.find(desired.tenant());
        };
    }

    /// All on which the tenant may have something, the shared one first.
    List<TenantServer> all(UUID tenant) {
        return Stream.concat(Stream.of(shared), clusters.find(tenant).stream()).toList();
    }

    /// The shared one, and those that were started or found running by us; nothing is started for the answer.
    List<TenantServer> running() {
        return Stream.concat(Stream.of(shared), clusters.running().stream()).toList();
    }

    /// As of the last start; nothing is started for the answer.
    Optional<Address> findAddress(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> Optional.of(new Address(shared.host(), shared.port()));
            case DEDICATED -> clusters.findAddress(desired.tenant());
        };
    }
}
