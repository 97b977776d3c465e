package io.autostack.tenancy.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How often tenants are looked after.
@ConfigMapping(prefix = "autostack.upkeep")
interface UpkeepConfig {

    /// From the end of one run to the next.
    @WithDefault("60s")
    Duration every();

    /// Repairs that one run enqueues at the most; 0 only reports.
    @WithDefault("10")
    int repairs();
}
