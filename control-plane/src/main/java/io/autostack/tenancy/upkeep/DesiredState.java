package io.autostack.tenancy.upkeep;

import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.cloud.Placement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// What has to be there for a tenant that nothing is being changed about.
///
/// @param open whether the database takes connections: while the tenant is active
/// @param placement which server the database is on
/// @param host its name at the shared application
/// @param domains of its own that lead to it, in order
record DesiredState(
        UUID tenant,
        boolean open,
        String database,
        String secret,
        Placement placement,
        PlanVersion.Size size,
        String host,
        List<String> domains) {

    List<String> hosts() {
        return Stream.concat(Stream.of(host), domains.stream()).toList();
    }

    String statementTimeout() {
        return size.statementTimeout().toSeconds() + "s";
    }

    /// As what is found there has it: a cluster has its tenant's name.
    String server() {
        return placement == Placement.SHARED ? "" : tenant.toString();
    }
}
