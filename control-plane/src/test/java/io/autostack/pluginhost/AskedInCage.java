package io.autostack.pluginhost;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests that ask plugins of strangers in a cage; skipped where this machine cannot make one.
abstract class AskedInCage {

    static final PluginRunner RUNNER = PluginRunnerTest.runner(Duration.ofSeconds(60));

    @TempDir
    Path folder;

    Asking asking;

    @BeforeEach
    void requireCage() {
        asking = new Asking(RUNNER, folder);
        assumeThat(RUNNER.isolation()).isEqualTo(Isolation.CAGED);
    }
}
