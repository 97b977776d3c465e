package io.autostack.tenancy.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much exports may take of a replica. Each holds a session in the tenant's database, a scratch database
/// and room on the disk until it has been downloaded.
@ConfigMapping(prefix = "autostack.exports")
public interface ExportsConfig {

    /// At the same time, of all tenants; of one tenant there is one.
    @WithDefault("4")
    int parallel();

    /// From the first byte to the last.
    @WithDefault("4h")
    Duration within();

    /// How long a download may rest.
    @WithDefault("2m")
    Duration rest();
}
