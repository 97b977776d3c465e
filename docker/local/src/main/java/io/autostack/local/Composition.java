package io.autostack.local;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// What has to be there before the containers of `docker/compose.yaml` can start: their secrets, each where one
/// container alone can read it, and the control plane's database.
///
/// @param root holds a folder for each container, and one for the installation's own
/// @param environment says where people find the portal, and where the database server is
record Composition(Path root, Map<String, String> environment) {

    private static final String DATABASE = "autostack";
    private static final String ADMINISTRATOR = "postgres";
    private static final String HELP = "say one of: secrets, database, sign-ins, token";

    /// Each container sees its own folder and no other's.
    private static final String EVERYBODY_THERE = "r--r--r--";

    private static final String OURS = "r--------";

    public static void main(String[] arguments) {
        var composition = new Composition(Path.of("/run/autostack"), System.getenv());
        try {
            switch (arguments.length == 1 ? arguments[0] : "") {
                case "secrets" -> composition.writeSecrets();
                case "database" -> composition.prepareDatabase();
                case "sign-ins" ->
                    SignIns.lines(KeycloakServer.passwords(composition.secrets()))
                            .forEach(System.out::println);
                case "token" -> System.out.println(composition.secrets().token("cli.token"));
                default -> throw new StartFailed(HELP);
            }
        } catch (StartFailed e) {
            System.err.println("setup: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Every time the same: what was generated once stays.
    void writeSecrets() {
        var secrets = secrets();
        put("postgres", "password", secrets.password(ADMINISTRATOR), EVERYBODY_THERE);
        put("keycloak", "autostack-realm.json", realm(secrets), EVERYBODY_THERE);
        put("reference-app", "token", secrets.token("reference-app.token"), OURS);
        put("control-plane", "bootstrap-tokens", bootstrapTokens(secrets), OURS);
        put("control-plane", "application.properties", settings(secrets), OURS);
        // From then on it is the control plane's own: whoever rotates keys adds to that file.
        if (!Files.exists(root.resolve("control-plane/master.key")))
            put("control-plane", "master.key", secrets.key("master.key"), "rw-------");
    }

    void prepareDatabase() {
        var server = said("AUTOSTACK_DB_SERVER");
        try (var admin = DriverManager.getConnection(
                "jdbc:postgresql://" + server + "/postgres",
                ADMINISTRATOR,
                secrets().password(ADMINISTRATOR))) {
            ControlDatabase.prepare(admin, DATABASE, secrets());
        } catch (SQLException e) {
            throw new StartFailed("could not prepare the database on " + server + ": " + e.getMessage(), e);
        }
    }

    private Secrets secrets() {
        return Secrets.in(root.resolve("installation"));
    }

    private String realm(Secrets secrets) {
        return KeycloakServer.realm(secrets, Settings.port(environment, "AUTOSTACK_PORT", 8080), said("AUTOSTACK_URL"));
    }

    private static String bootstrapTokens(Secrets secrets) {
        return """
            cli operator %s
            reference-app application %s
            """.formatted(secrets.token("cli.token"), secrets.token("reference-app.token"));
    }

    /// What must not stand in an environment that `docker inspect` shows.
    private static String settings(Secrets secrets) {
        return """
            autostack.db.password=%s
            autostack.db.owner-password=%s
            autostack.cloud.local.password=%s
            autostack.oidc.client-secret=%s
            """.formatted(
                        secrets.password("autostack_app"),
                        secrets.password("autostack_owner"),
                        secrets.password("autostack_provisioner"),
                        KeycloakServer.clientSecret(secrets));
    }

    private String said(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> new StartFailed(variable + " is not set"));
    }

    /// As a whole, so that a container that starts meanwhile reads the old content or the new.
    private void put(String container, String name, String content, String who) {
        var file = root.resolve(container).resolve(name);
        try {
            Files.createDirectories(file.getParent());
            var fresh = Files.createTempFile(file.getParent(), name, ".new");
            Files.writeString(fresh, content.strip() + "\n");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(who));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
