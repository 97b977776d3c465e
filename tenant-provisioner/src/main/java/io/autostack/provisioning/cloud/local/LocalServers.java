package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.postgres.SharedServer;
import io.autostack.provisioning.postgres.TenantServer;
import io.autostack.provisioning.postgres.TenantServers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The server that the installation was given or started, and a cluster for each tenant that has one of its own.
@ApplicationScoped
@Typed(LocalServers.class)
class LocalServers implements TenantServers {

    private final SharedServer shared;
    private final Clusters clusters;

    @Inject
    LocalServers(SharedServer shared, Clusters clusters) {
        this.shared = shared;
        this.clusters = clusters;
    }

    @Override
    public TenantServer shared() {
        return shared.get();
    }

    @Override
    public TenantServer ensure(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> shared();
            case DEDICATED -> clusters.ensure(desired.tenant());
        };
    }

    @Override
    public Optional<TenantServer> find(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> Optional.of(shared());
            case DEDICATED -> clusters.find(desired.tenant());
        };
    }

    @Override
    public List<TenantServer> all(UUID tenant) {
        return Stream.concat(Stream.of(shared()), clusters.find(tenant).stream())
                .toList();
    }

    @Override
    public List<TenantServer> running() {
        return Stream.concat(Stream.of(shared()), clusters.running().stream()).toList();
    }

    @Override
    public Optional<Address> findAddress(DatabaseSpec desired) {
        return switch (desired.placement()) {
            case SHARED -> Optional.of(new Address(shared().host(), shared().port()));
            case DEDICATED -> clusters.findAddress(desired.tenant());
        };
    }

    @Override
    public Optional<String> findObstacleTo(Placement placement) {
        return placement == Placement.DEDICATED ? clusters.obstacle() : Optional.empty();
    }

    @Override
    public Outcome removeIfEmpty(DatabaseSpec removed, Outcome otherwise) {
        return removed.placement() == Placement.DEDICATED ? removeIfEmpty(removed.tenant(), otherwise) : otherwise;
    }

    @Override
    public Outcome removeIfEmpty(UUID tenant, Outcome otherwise) {
        return clusters.removeIfEmpty(tenant, otherwise);
    }
}
