package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import java.util.Map;
import java.util.UUID;

/// What every operation on an existing tenant begins with.
final class ChangeTenant {

    private ChangeTenant() {}

    static OperationRequest request(String kind, Subject subject, UUID change) {
        return request(kind, subject, change, Map.of());
    }

    /// @param change its own id: each request is a change of its own
    /// @param asked what the kind wants to know beyond the tenant
    static OperationRequest request(String kind, Subject subject, UUID change, Map<String, String> asked) {
        return new OperationRequest(
                kind,
                subject.tenant(),
                kind + ":" + change,
                Facts.of(Map.of(
                                "tenant", subject.tenant().toString(),
                                "slug", subject.slug(),
                                "database.name", subject.database(),
                                "database.secret", subject.secret(),
                                "database.placement", subject.placement().word(),
                                "requestedBy", subject.requestedBy()))
                        .plus(asked));
    }

    static UUID tenant(Facts facts) {
        return UUID.fromString(facts.get("tenant"));
    }

    /// Operations of before databases had other names than their tenants carry neither name.
    static DatabaseSpec database(Facts facts) {
        var slug = facts.get("slug");
        return new DatabaseSpec(
                tenant(facts),
                facts.find("database.name").orElseGet(() -> Names.earlierDatabase(slug)),
                facts.find("database.secret").orElseGet(() -> Names.databaseSecret(slug)),
                true,
                placement(facts));
    }

    /// Operations of before there were dedicated clusters do not say it.
    static Placement placement(Facts facts) {
        return facts.find("database.placement").map(Placement::of).orElse(Placement.SHARED);
    }
}
