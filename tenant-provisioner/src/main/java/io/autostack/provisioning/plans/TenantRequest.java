package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.util.UUID;

/// A request about a tenant as it was at that moment.
public interface TenantRequest extends OperationRequest {

    Subject subject();

    @Override
    default UUID tenant() {
        return subject().tenant();
    }

    @Override
    default String slug() {
        return subject().slug();
    }

    /// The tenant's database.
    default DatabaseSpec database() {
        return subject().databaseSpec();
    }
}
