package io.autostack.testing;

import io.autostack.local.Settings;
import io.autostack.local.postgres.PostgresServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A platform for tests that take its database away: nobody else stands on it, and nobody signs in.
public final class OwnPlatform extends Platform {

    private static final Path HOME = Path.of("target/platforms/of-its-own");

    private static @Nullable PostgresServer restarted;

    /// What a test class names in `@TestProfile`.
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.oidc.tenant-enabled", "false",
                    "autostack.oidc.issuer", "http://127.0.0.1:1/nobody",
                    "autostack.oidc.client-secret", "nobody");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OwnPlatform.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Override
    protected Path home() {
        return HOME;
    }

    @Override
    protected Settings settings() {
        return Settings.forTests().withoutIdentityProvider();
    }

    public static void stopDatabase() {
        running().postgres().orElseThrow().stop();
    }

    /// On the same port, with the same data.
    public static void startDatabase() {
        restarted = PostgresServer.start(HOME.resolve("postgres"));
    }

    @Override
    public void stop() {
        var server = restarted;
        restarted = null;
        if (server != null) server.close();
        super.stop();
    }
}
