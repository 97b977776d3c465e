package io.autostack.testing;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A platform whose tenants are those of one test class alone, with a folder of migrations that tests write.
public class OwnFleet implements QuarkusTestProfile {

    private static final Path FOLDER = Path.of("target/fleet-migrations");
    private static final int ENOUGH_FOR_THREE_WAVES = 12;
    private static final List<String> TENANTS = new ArrayList<>();
    private static int versions;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "autostack.tenants.migrations", FOLDER.toString(),
                "autostack.fleet.pause", "200ms",
                "autostack.fleet.read-pause", "200ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(FleetPlatform.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    /// All there are on this platform: a dozen at first, and those that tests add.
    public static List<String> tenants() {
        if (!TENANTS.isEmpty()) return TENANTS;
        emptyFolder();
        while (TENANTS.size() < ENOUGH_FOR_THREE_WAVES)
            TENANTS.add(Onboarding.activeTenant("starter", "alice@example.com"));
        RollingOut.readAgain().then().body("drift", is(empty()));
        return TENANTS;
    }

    /// A file with the next version, which is newer than all others.
    public static String version(String sql) {
        var version = Long.toString(30_000_000_000_000L + ++versions);
        write(file(version), sql);
        return version;
    }

    public static void removeVersion(String version) {
        remove(file(version));
    }

    public static void putBack(String version, String sql) {
        write(file(version), sql);
    }

    private static String file(String version) {
        return "V" + version + "__app_change.sql";
    }

    private static void emptyFolder() {
        try {
            Files.createDirectories(FOLDER);
            try (var files = Files.list(FOLDER)) {
                for (var file : files.toList()) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void write(String file, String sql) {
        try {
            Files.writeString(FOLDER.resolve(file), sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void remove(String file) {
        try {
            Files.delete(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
