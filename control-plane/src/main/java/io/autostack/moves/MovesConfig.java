package io.autostack.moves;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How moves to production go.
@ConfigMapping(prefix = "autostack.moves")
public interface MovesConfig {

    /// How long the old database is kept after the move (source 003 §5.2: 24 to 48 hours).
    @WithDefault("48h")
    Duration fallback();
}
