package io.autostack.local;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything the control plane needs around it on one machine, and the environment that tells it where that is.
public final class LocalPlatform implements AutoCloseable {

    private final Databases databases;
    private final Map<String, String> environment;

    private LocalPlatform(Databases databases, Map<String, String> environment) {
        this.databases = databases;
        this.environment = environment;
    }

    /// Starts what is missing and waits until all of it is ready. State lives in `home`; deleting that is a fresh
    /// start.
    public static LocalPlatform prepare(Path home, Settings settings) {
        Secrets.onlyForThisUser(home);
        var place = home.toAbsolutePath().normalize();
        var secrets = Secrets.in(place);
        var repository = Repository.find();
        var databases = Databases.prepare(place, settings.given(), secrets);

        var environment = new LinkedHashMap<String, String>();
        environment.put("AUTOSTACK_HOME", place.toString());
        environment.putAll(databases.environment());
        environment.putAll(secretFiles(secrets));
        environment.putAll(plugins(place, repository));
        environment.put("AUTOSTACK_TENANT_URL", "http://{slug}.localhost:" + settings.tenantPort());
        environment.put("AUTOSTACK_TENANTS_HOST_SUFFIX", ".localhost");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.portalPort()));
        return new LocalPlatform(databases, Collections.unmodifiableMap(environment));
    }

    /// What the control plane's process must find in its environment.
    public Map<String, String> environment() {
        return environment;
    }

    /// The embedded server, unless a database was given.
    public Optional<PostgresServer> postgres() {
        return databases.embedded();
    }

    @Override
    public void close() {
        databases.embedded().ifPresent(PostgresServer::stop);
    }

    private static Map<String, String> secretFiles(Secrets secrets) {
        secrets.key("master.key");
        secrets.write(
                "bootstrap-tokens", """
                cli operator %s
                reference-app application %s
                """.formatted(secrets.token("cli.token"), secrets.token("reference-app.token")));
        return Map.of(
                "AUTOSTACK_SECRETS_KEY_FILE", secrets.file("master.key").toString(),
                "AUTOSTACK_TOKENS_BOOTSTRAP_FILE",
                        secrets.file("bootstrap-tokens").toString());
    }

    private static Map<String, String> plugins(Path home, Repository repository) {
        var bundled = home.resolve("plugins/bundled");
        try {
            Files.createDirectories(bundled);
            for (var jar : repository.plugins())
                Files.copy(jar, bundled.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var environment = new LinkedHashMap<String, String>();
        environment.put("AUTOSTACK_PLUGINS_BUNDLED", bundled.toString());
        repository.pluginRunner().ifPresent(jar -> environment.put("AUTOSTACK_PLUGINS_RUNNER", jar.toString()));
        return environment;
    }
}
