package io.autostack.tenancy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where tenants are reached.
@ConfigMapping(prefix = "autostack.tenants")
public interface TenancyConfig {

    /// Address of a tenant's application; `{slug}` stands for the tenant's short name.
    @WithName("url")
    String urlPattern();

    /// What follows the slug in a tenant's host name, beginning with a dot.
    String hostSuffix();

    /// How long a closed tenant can come back before it is deleted for good.
    @WithDefault("P30D")
    Duration retention();

    /// A folder outside of the product with more migrations of tenants' databases, read by the cloud driver.
    Optional<Path> migrations();

    default String url(String slug) {
        return urlPattern().replace("{slug}", slug);
    }

    default String host(String slug) {
        return slug + hostSuffix();
    }
}
