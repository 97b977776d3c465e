package io.autostack.tenancy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/// Where tenants are reached.
@ConfigMapping(prefix = "autostack")
public interface TenancyConfig {

    /// Address of a tenant's application; `{slug}` stands for the tenant's short name.
    @WithName("tenant-url")
    String tenantUrl();

    /// What follows the slug in a tenant's host name, beginning with a dot.
    @WithName("tenants.host-suffix")
    String hostSuffix();

    default String url(String slug) {
        return tenantUrl().replace("{slug}", slug);
    }

    default String host(String slug) {
        return slug + hostSuffix();
    }
}
