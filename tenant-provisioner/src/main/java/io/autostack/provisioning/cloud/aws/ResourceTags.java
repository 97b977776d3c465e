package io.autostack.provisioning.cloud.aws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The tags that everything of ours carries. What has the name that we would give and not these tags is a stranger's.
@ApplicationScoped
class ResourceTags {

    static final String TENANT = "Tenant";
    private static final String ENVIRONMENT = "Environment";
    private static final String MANAGED_BY = "ManagedBy";
    private static final String AUTOSTACK = "AutoStack";

    private final AwsSettings settings;

    @Inject
    ResourceTags(AwsSettings settings) {
        this.settings = settings;
    }

    /// @param component what it is, as `database` or `secret`
    Map<String, String> of(UUID tenant, String component) {
        var tags = new LinkedHashMap<String, String>();
        tags.put(TENANT, tenant.toString());
        tags.put(ENVIRONMENT, settings.environment());
        tags.put("Component", component);
        tags.put("Owner", "platform");
        tags.put("Project", AUTOSTACK);
        tags.put(MANAGED_BY, AUTOSTACK);
        return tags;
    }

    /// Whose it is; empty when it is not of this environment.
    Optional<UUID> tenant(Map<String, String> found) {
        var tenant = found.get(TENANT);
        if (tenant == null
                || !AUTOSTACK.equals(found.get(MANAGED_BY))
                || !settings.environment().equals(found.get(ENVIRONMENT))) return Optional.empty();
        try {
            return Optional.of(UUID.fromString(tenant));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    boolean areOf(UUID tenant, Map<String, String> found) {
        return tenant(found).equals(Optional.of(tenant));
    }
}
