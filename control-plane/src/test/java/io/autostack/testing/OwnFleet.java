package io.autostack.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A platform whose tenants are those of one test class alone, with a folder of migrations that tests write.
public class OwnFleet implements QuarkusTestProfile {

    static final Path FOLDER = Path.of("target/fleet-migrations");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("autostack.tenants.migrations", FOLDER.toString());
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(FleetPlatform.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    /// Empty, and there.
    public static void emptyFolder() {
        try {
            Files.createDirectories(FOLDER);
            try (var files = Files.list(FOLDER)) {
                for (var file : files.toList()) Files.delete(file);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    public static void write(String file, String sql) {
        try {
            Files.writeString(FOLDER.resolve(file), sql);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public static void remove(String file) {
        try {
            Files.delete(FOLDER.resolve(file));
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
