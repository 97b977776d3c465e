package io.autostack.tenancy.fleet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How gently the fleet is looked after.
@ConfigMapping(prefix = "autostack.fleet")
interface FleetConfig {

    /// How many tenants are migrated at the same time.
    @WithDefault("3")
    int inFlight();

    /// How long the open rollout is left alone between two looks.
    @WithDefault("2s")
    Duration pause();

    /// How long a wave waits for a tenant whose migration cannot begin or does not get on.
    @WithDefault("1m")
    Duration patience();

    /// How long tenants' schemas are left alone between two looks at those that are due.
    @WithDefault("5s")
    Duration readPause();

    /// How old the last look at a tenant's schema may become.
    @WithDefault("1h")
    Duration readEvery();
}
