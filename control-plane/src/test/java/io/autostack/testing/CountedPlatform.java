package io.autostack.testing;

import io.autostack.local.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A platform whose control plane is heard when it talks to its database. Nobody signs in on it, and no worker asks
/// anything of its own accord.
public final class CountedPlatform extends Platform {

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private static @Nullable CountingWire wire;

    /// What a test class names in `@TestProfile`.
    public static final class Profile extends NobodySignsIn {

        public Profile() {
            super(CountedPlatform.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            var overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("autostack.roles", "web");
            overrides.put("quarkus.datasource.jdbc.background-validation-interval", "P1D");
            return overrides;
        }
    }

    /// How many answers of the database the control plane has waited for by now.
    public static long roundTrips() {
        return wire().roundTrips();
    }

    /// What it has had executed since somebody asked last; a line follows what an answer was waited for.
    public static List<String> heard() {
        return wire().heard();
    }

    private static CountingWire wire() {
        var running = wire;
        if (running == null) throw new IllegalStateException("nobody counts");
        return running;
    }

    @Override
    protected Path home() {
        return Path.of("target/platforms/counted");
    }

    @Override
    protected Settings settings() {
        return Settings.forTests().withoutIdentityProvider();
    }

    @Override
    public Map<String, String> start() {
        var properties = new HashMap<>(super.start());
        var url = properties.getOrDefault("autostack.db.url", "");
        var port = PORT.matcher(url);
        if (!port.find()) throw new IllegalStateException("no port in " + url);
        var counting = new CountingWire(Integer.parseInt(port.group(1)));
        wire = counting;
        properties.put("autostack.db.url", port.replaceFirst(":" + counting.port() + "/"));
        return properties;
    }

    @Override
    public void stop() {
        var counting = wire;
        wire = null;
        if (counting != null) counting.close();
        super.stop();
    }
}
