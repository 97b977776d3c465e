package io.autostack.testing;

import java.nio.file.Path;

/// A platform of its own, for tests about all the tenants there are on it.
public class FleetPlatform extends Platform {

    @Override
    protected Path home() {
        return Path.of("target/platforms/fleet");
    }
}
