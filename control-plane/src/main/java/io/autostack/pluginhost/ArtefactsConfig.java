package io.autostack.pluginhost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// Where artefacts are kept.
@ConfigMapping(prefix = "autostack.artefacts")
public interface ArtefactsConfig {

    /// The folder; it is made when it is not there.
    @WithDefault("${autostack.home:.autostack}/artefacts")
    Path dir();
}
