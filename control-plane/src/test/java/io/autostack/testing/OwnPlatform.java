package io.autostack.testing;

import io.autostack.local.Settings;
import io.autostack.local.postgres.PostgresServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A platform for tests that take its database away: nobody else stands on it, and nobody signs in.
public final class OwnPlatform extends Platform {

    private static final Path HOME = Path.of("target/platforms/of-its-own");

    private static @Nullable PostgresServer restarted;

    /// What a test class names in `@TestProfile`.
    public static final class Profile extends NobodySignsIn {

        public Profile() {
            super(OwnPlatform.class);
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
