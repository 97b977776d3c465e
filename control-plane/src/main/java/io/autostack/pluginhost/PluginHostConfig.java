package io.autostack.pluginhost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How plugins are run.
@ConfigMapping(prefix = "autostack.plugins")
public interface PluginHostConfig {

    /// The self-contained runner jar.
    Path runner();

    /// A folder with the plugin jars that come with the product.
    Optional<Path> bundled();

    /// The `java` that runs plugins; this process's own unless told otherwise.
    Optional<Path> java();

    /// How long a plugin may take to answer one question.
    @WithDefault("20s")
    Duration timeLimit();

    /// How many plugins may be asked at the same time; one tenant gets half of them, and at least one.
    @WithDefault("2")
    int parallel();

    /// How many more of one tenant's questions may wait for their turn.
    @WithDefault("2")
    int waitingPerTenant();

    /// How many questions may wait for their turn in all.
    @WithDefault("16")
    int waiting();
}
