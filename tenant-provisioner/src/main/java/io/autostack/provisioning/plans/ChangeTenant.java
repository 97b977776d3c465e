package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Promise;
import io.autostack.provisioning.cloud.Cloud.DatabaseWanted;
import java.util.Map;
import java.util.UUID;

/// What every operation on an existing tenant begins with.
final class ChangeTenant {

    private ChangeTenant() {}

    /// @param change its own id: each request is a change of its own
    static Promise promise(String kind, UUID tenant, String slug, UUID change, String requestedBy) {
        return new Promise(
                kind,
                tenant,
                kind + ":" + change,
                Facts.of(Map.of("tenant", tenant.toString(), "slug", slug, "requestedBy", requestedBy)));
    }

    static DatabaseWanted database(Facts facts) {
        var slug = facts.get("slug");
        return new DatabaseWanted(
                UUID.fromString(facts.get("tenant")), Names.database(slug), Names.databaseSecret(slug), true);
    }
}
