package io.autostack.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/// A platform that is empty at each start, for tests about all the tenants there are on it.
public class FleetPlatform extends Platform {

    @Override
    public Map<String, String> start() {
        remove(home());
        return super.start();
    }

    @Override
    protected Path home() {
        return Path.of("target/platform-fleet");
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
