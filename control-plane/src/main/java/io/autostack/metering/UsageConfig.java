package io.autostack.metering;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long it is remembered what was used when.
@ConfigMapping(prefix = "autostack.usage")
interface UsageConfig {

    /// How long the events of a month are kept after its end; its totals stay for ever.
    @WithDefault("P90D")
    Duration keepEvents();
}
