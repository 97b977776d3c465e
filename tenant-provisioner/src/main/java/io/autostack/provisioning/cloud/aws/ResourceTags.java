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
    private static final String SHARED = "shared";
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
        return of(tenant.toString(), component);
    }

    /// Of what all tenants share.
    Map<String, String> shared(String component) {
        return of(SHARED, component);
    }

    private Map<String, String> of(String tenant, String component) {
        var tags = new LinkedHashMap<String, String>();
        tags.put(TENANT, tenant);
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
        if (tenant == null || !areOurs(found)) return Optional.empty();
        try {
            return Optional.of(UUID.fromString(tenant));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean areOurs(Map<String, String> found) {
        return AUTOSTACK.equals(found.get(MANAGED_BY)) && settings.environment().equals(found.get(ENVIRONMENT));
    }

    /// @param tenant empty for what all tenants share
    boolean areOf(Optional<UUID> tenant, Map<String, String> found) {
        return tenant.map(owner -> areOf(owner, found))
                .orElseGet(() -> areOurs(found) && SHARED.equals(found.get(TENANT)));
    }

    boolean areOf(UUID tenant, Map<String, String> found) {
        return tenant(found).equals(Optional.of(tenant));
    }
}
