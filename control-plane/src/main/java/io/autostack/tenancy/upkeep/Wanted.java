package io.autostack.tenancy.upkeep;

import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.cloud.DatabaseWanted;
import java.util.List;
import java.util.UUID;

/// What has to be there for a tenant that nothing is being changed about.
///
/// @param open whether the database takes connections: while the tenant is active
/// @param hosts names that lead to it
record Wanted(UUID tenant, boolean open, String database, String secret, PlanVersion.Size size, List<String> hosts) {

    String statementTimeout() {
        return size.statementTimeout().toSeconds() + "s";
    }

    DatabaseWanted databaseWanted() {
        return new DatabaseWanted(tenant, database, secret, true);
    }
}
