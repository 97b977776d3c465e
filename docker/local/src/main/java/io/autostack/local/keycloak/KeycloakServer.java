package io.autostack.local.keycloak;

import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A running Keycloak with the realm `autostack`, reached over the loopback address.
public final class KeycloakServer implements AutoCloseable {

    private static final String NAME = "identity";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final Program program;
    private final Secrets secrets;
    private final int port;
    private volatile Running running;

    private KeycloakServer(Program program, Running running, Secrets secrets, int port) {
        this.program = program;
        this.running = running;
        this.secrets = secrets;
        this.port = port;
    }

    /// Where Keycloak comes from and how it should answer.
    ///
    /// @param unpacked the distribution, which is copied and not changed
    /// @param port 0 takes a free one
    /// @param portalPort the port of the application people come from and go back to
    public record Settings(Path unpacked, int port, int portalPort) {}

    /// Builds an unpacked one for our options and archives the classes that it loads, unless that is done. Whoever
    /// starts one meanwhile waits.
    public static void prepare(Path unpacked) {
        Distribution.prepared(unpacked.toAbsolutePath());
    }

    /// One that was left behind by a killed process is ended before. Returns when people can sign in.
    public static KeycloakServer start(Path home, Settings settings) {
        stopOrphan(home);
        int port = settings.port() == 0 ? Ports.free() : settings.port();
        if (!Ports.isFree(port))
            throw new StartFailed("port " + port + " is taken, and the identity provider needs it: end the program that"
                    + " listens there, or set AUTOSTACK_OIDC_ISSUER to use an identity provider of your own");
        var secrets = Secrets.in(home);
        var realm = new Realm(settings.portalPort());
        var installed = Distribution.installed(
                settings.unpacked(),
                home.resolve("identity")
                        .resolve(Objects.requireNonNull(settings.unpacked().getFileName())));
        var memory = new RealmMemory(installed);
        if (memory.nothingImported()) memory.importAtNextStart(realm.json(secrets));

        var first = program(home, installed, port, secrets, memory.nothingImported());
        var server = new KeycloakServer(program(home, installed, port, secrets, false), first.start(), secrets, port);
        try {
            server.waitUntilReady();
            if (memory.nothingImported()) memory.imported(realm);
            else if (memory.differsFrom(realm)) {
                new KeycloakAdmin(port, secrets).update(realm);
                memory.imported(realm);
            }
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Starts it once more after it died, and returns when people can sign in.
    public void startAgain() {
        if (alive()) return;
        if (!Ports.becomesFree(port))
            throw new StartFailed(
                    "port " + port + " was taken by another program meanwhile, and people are sent there");
        running = program.start();
        try {
            waitUntilReady();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Whether its process runs.
    public boolean alive() {
        return running.alive();
    }

    /// What it writes down.
    public Path log() {
        return program.log();
    }

    public static void stopOrphan(Path home) {
        Running.find(home, NAME).ifPresent(orphan -> orphan.stop(TO_END));
    }

    public String issuer() {
        return "http://localhost:" + port + "/realms/autostack";
    }

    public String clientId() {
        return Realm.CLIENT;
    }

    public String clientSecret() {
        return Realm.clientSecret(secrets);
    }

    public Running running() {
        return running;
    }

    /// The realm with the sign-ins to try, for a Keycloak that somebody else runs.
    ///
    /// @param portalPort where people find the portal, on their own machine
    /// @param portal where that Keycloak finds it
    public static String realm(Secrets secrets, int portalPort, String portal) {
        return new Realm(portalPort).json(secrets, portal);
    }

    /// The secret of the realm's client.
    public static String clientSecret(Secrets secrets) {
        return Realm.clientSecret(secrets);
    }

    /// The generated password of each person one can sign in as.
    public static Map<String, String> passwords(Secrets secrets) {
        var passwords = new LinkedHashMap<String, String>();
        for (var person : Realm.PEOPLE) passwords.put(person, Realm.password(secrets, person));
        return passwords;
    }

    @Override
    public void close() {
        running.stop(TO_END);
    }

    private static Program program(Path home, Distribution installed, int port, Secrets secrets, boolean importRealm) {
        // Few people sign in here: the better compiler would take more time from them than it gives. A start needs that
        // much memory in any case, and collects less garbage when it has it from the beginning.
        var jvm = List.of("-Xms128m", "-Xmn64m", "-Xmx384m", "-XX:MetaspaceSize=192m", "-XX:TieredStopAtLevel=1");
        var words = installed.java(jvm, arguments(port, importRealm));
        var administrator = Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                KeycloakAdmin.USER,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                KeycloakAdmin.password(secrets));
        return new Program(NAME, "http://localhost:" + port, words, administrator, home);
    }

    static List<String> arguments(int port, boolean importRealm) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("start", "--optimized"));
        if (importRealm) arguments.add("--import-realm");
        arguments.addAll(List.of(
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://localhost:" + port));
        return arguments;
    }

    private void waitUntilReady() {
        var discovery = issuer().replace("localhost", "127.0.0.1") + "/.well-known/openid-configuration";
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Web.answers(discovery)) {
            if (!running.alive())
                throw new StartFailed(
                        "Keycloak ended while it started. The end of " + program.log() + ":\n" + program.lastLines(25));
            if (System.nanoTime() > end)
                throw new StartFailed("Keycloak is not ready after " + PATIENCE.toMinutes() + " minutes. The end of "
                        + program.log() + ":\n" + program.lastLines(25));
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailed("interrupted while Keycloak started", e);
            }
        }
    }

    /// What Keycloak's own data hold already, so that a start which was cut off begins again.
    private record RealmMemory(Distribution installed) {

        boolean nothingImported() {
            return !Files.exists(marker());
        }

        boolean differsFrom(Realm realm) {
            try {
                return !Files.readString(marker()).equals(realm.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Data of a first start that did not come to its end are of no use to anybody.
        void importAtNextStart(String json) {
            try {
                if (Files.isDirectory(installed.folder().resolve("data"))) deleteData();
                new EmptyTables(installed).use();
                Secrets.onlyForThisUser(installed.folder().resolve("data/import"));
                Files.deleteIfExists(realmFile());
                Files.createFile(
                        realmFile(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(realmFile(), json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The file with everybody's password has done its work.
        void imported(Realm realm) {
            try {
                Files.deleteIfExists(realmFile());
                Files.writeString(marker(), realm.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void deleteData() throws IOException {
            try (var all = Files.walk(installed.folder().resolve("data"))) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }

        private Path realmFile() {
            return installed.folder().resolve("data/import/autostack-realm.json");
        }

        private Path marker() {
            return installed.folder().resolve("realm-imported");
        }
    }
}
