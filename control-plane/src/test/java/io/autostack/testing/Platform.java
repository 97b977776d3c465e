package io.autostack.testing;

import io.autostack.local.LocalPlatform;
import io.autostack.local.Settings;
import io.autostack.local.process.Ports;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts PostgreSQL and Keycloak once for all tests of a run, in `target/platform`, which is empty before. Every
/// `@QuarkusTest` has it. A second run beside the first names another folder: `-Dautostack.test.platform`.
@QuarkusTestResource(Platform.class)
public class Platform implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("AUTOSTACK_HOME", "autostack.home"),
            Map.entry("AUTOSTACK_DB_URL", "autostack.db.url"),
            Map.entry("AUTOSTACK_DB_USER", "autostack.db.user"),
            Map.entry("AUTOSTACK_DB_PASSWORD", "autostack.db.password"),
            Map.entry("AUTOSTACK_DB_OWNER_USER", "autostack.db.owner-user"),
            Map.entry("AUTOSTACK_DB_OWNER_PASSWORD", "autostack.db.owner-password"),
            Map.entry("AUTOSTACK_CLOUD_LOCAL_URL", "autostack.cloud.local.url"),
            Map.entry("AUTOSTACK_CLOUD_LOCAL_USER", "autostack.cloud.local.user"),
            Map.entry("AUTOSTACK_CLOUD_LOCAL_PROGRAMS", "autostack.cloud.local.programs"),
            Map.entry("AUTOSTACK_CLOUD_LOCAL_PASSWORD", "autostack.cloud.local.password"),
            Map.entry("AUTOSTACK_OIDC_ISSUER", "autostack.oidc.issuer"),
            Map.entry("AUTOSTACK_OIDC_CLIENT_ID", "autostack.oidc.client-id"),
            Map.entry("AUTOSTACK_OIDC_CLIENT_SECRET", "autostack.oidc.client-secret"),
            Map.entry("AUTOSTACK_SECRETS_KEY_FILE", "autostack.secrets.key-file"),
            Map.entry("AUTOSTACK_TOKENS_BOOTSTRAP_FILE", "autostack.tokens.bootstrap-file"),
            Map.entry("AUTOSTACK_PLUGINS_BUNDLED", "autostack.plugins.bundled"),
            Map.entry("AUTOSTACK_PLUGINS_RUNNER", "autostack.plugins.runner"));

    /// Known before the start, because the identity provider sends people back to it.
    private static final int PORT = Ports.free();

    private static @Nullable LocalPlatform running;
    private static @Nullable Superuser superuser;

    @Override
    public Map<String, String> start() {
        var platform = LocalPlatform.prepare(
                EmptyHome.at(home()), settings().withPortalPort(PORT).telling(System.out::println));
        EmptyHome.trustTheMachine(platform);
        running = platform;
        superuser = platform.postgres().map(Superuser::new).orElse(null);
        var properties = new HashMap<String, String>();
        platform.environment().forEach((variable, value) -> {
            var key = KEYS.get(variable);
            if (key != null) properties.put(key, value);
        });
        properties.put("quarkus.http.test-port", Integer.toString(PORT));
        properties.put("autostack.dns.server", NameServer.running().address());
        return properties;
    }

    @Override
    public void stop() {
        var platform = running;
        running = null;
        superuser = null;
        if (platform != null) platform.close();
    }

    protected Path home() {
        return Path.of(System.getProperty("autostack.test.platform", "target/platform"));
    }

    protected Settings settings() {
        return Settings.forTests();
    }

    static Superuser superuser() {
        var asked = superuser;
        if (asked == null) throw new IllegalStateException("the platform does not run; is this a @QuarkusTest?");
        return asked;
    }

    static LocalPlatform running() {
        var platform = running;
        if (platform == null) throw new IllegalStateException("the platform does not run; is this a @QuarkusTest?");
        return platform;
    }
}
