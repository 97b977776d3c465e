package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.StartFailed;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Everything the control plane needs around it on one machine, and the environment that tells it where
/// that is.
public final class LocalPlatform implements AutoCloseable {

    private final Path home;
    private final OwnerLock lock;
    private final Databases databases;
    private final Identity identity;
    private final Map<String, String> environment;
    private final Map<String, String> passwords;

    private LocalPlatform(
            Path home,
            OwnerLock lock,
            Databases databases,
            Identity identity,
            Map<String, String> environment,
            Map<String, String> passwords) {
        this.home = home;
        this.lock = lock;
        this.databases = databases;
        this.identity = identity;
        this.environment = environment;
        this.passwords = passwords;
    }

    /// Starts what is missing and waits until all of it is ready. State lives in `home`; deleting that is a
    /// fresh start.
    public static LocalPlatform prepare(Path home, Settings settings) {
        try (var stages = new Stages(settings.progress())) {
            return prepare(home, settings, stages);
        }
    }

    /// The same, beside whatever else begins in these stages; they end when this fails.
    static LocalPlatform prepare(Path home, Settings settings, Stages stages) {
        var place = home.toAbsolutePath().normalize();
        Secrets.onlyForThisUser(place.resolve("run"));
        Secrets.onlyForThisUser(place);
        var lock = OwnerLock.tryTake(place.resolve("run/owner.lock"))
                .orElseThrow(() -> new StartFailed("another AutoStack is already running on " + place
                        + ": end it first (./autostack stop), or set AUTOSTACK_HOME to another folder"));
        try {
            return prepare(lock, place, settings, stages);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static LocalPlatform prepare(OwnerLock lock, Path home, Settings settings, Stages stages) {
        var secrets = Secrets.in(home);
        var repository = Repository.find();
        // Both take their time, and neither needs the other.
        var people = stages.begin("identity provider", "ready", () -> Identity.prepare(home, settings, repository));
        var data = stages.begin(
                "database", "ready", () -> Databases.prepare(home, settings.given(), secrets, repository.postgres()));
        Databases databases;
        Identity identity;
        try {
            databases = stages.result(data);
            identity = stages.result(people);
        } catch (RuntimeException e) {
            boolean interrupted = Thread.interrupted();
            stages.close();
            closeIfStarted(people, started -> started.embedded().ifPresent(KeycloakServer::close));
            closeIfStarted(data, started -> started.embedded().ifPresent(PostgresServer::stop));
            if (interrupted) Thread.currentThread().interrupt();
            throw e;
        }
        var environment = new LinkedHashMap<String, String>();
        environment.putAll(Jvm.environment());
        environment.put("AUTOSTACK_HOME", home.toString());
        environment.putAll(databases.environment());
        environment.putAll(identity.environment());
        environment.putAll(secretFiles(secrets));
        environment.putAll(plugins(home, repository));
        environment.put("AUTOSTACK_TENANTS_URL", "http://{slug}.localhost:" + settings.tenantPort());
        environment.put("AUTOSTACK_TENANTS_HOST_SUFFIX", ".localhost");
        environment.putAll(new AwsSettings(home).environment(System.getenv()));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.portalPort()));
        return new LocalPlatform(
                home, lock, databases, identity, Collections.unmodifiableMap(environment), identity.passwords(secrets));
    }

    /// What was started must be ended, although the other one failed.
    private static <T> void closeIfStarted(Future<T> future, Consumer<T> close) {
        try {
            close.accept(future.get());
        } catch (ExecutionException _) {
            // its own failure, or the one which is thrown already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the control plane's process must find in its environment.
    public Map<String, String> environment() {
        return environment;
    }

    /// The embedded server, unless a database was given.
    public Optional<PostgresServer> postgres() {
        return databases.embedded();
    }

    /// The identity provider, unless another one was given or none was wanted.
    public Optional<KeycloakServer> keycloak() {
        return identity.embedded();
    }

    /// The passwords of the people one can sign in as, by user name.
    public Map<String, String> passwords() {
        return passwords;
    }

    @Override
    public void close() {
        try {
            identity.embedded().ifPresent(KeycloakServer::close);
        } finally {
            try {
                new Clusters(home).stop();
            } finally {
                try {
                    databases.embedded().ifPresent(PostgresServer::stop);
                } finally {
                    lock.close();
                }
            }
        }
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
