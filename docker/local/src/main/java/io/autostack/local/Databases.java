package io.autostack.local;

import io.autostack.local.ControlDatabase.Login;
import io.autostack.local.postgres.PostgresBinaries;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the control plane keeps its data and where it makes databases for tenants: embedded, or as given.
///
/// @param embedded the server we run, unless an address was given
/// @param environment what the control plane must be told
record Databases(Optional<PostgresServer> embedded, Map<String, String> environment) {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]+)(\\?.*)?");

    /// @param unpacked where the build has unpacked the programs of the server, if it has
    static Databases prepare(Path home, Map<String, String> given, Secrets secrets, Path unpacked) {
        return given.containsKey("AUTOSTACK_DB_URL") ? asGiven(given, secrets) : embedded(home, secrets, unpacked);
    }

    /// Where the embedded server lives, and the programs of all servers beside it.
    static Path programs(Path home) {
        return home.resolve("postgres");
    }

    private static Databases embedded(Path home, Secrets secrets, Path unpacked) {
        PostgresBinaries.take(unpacked, programs(home));
        var server = PostgresServer.start(programs(home));
        try (var admin = server.connectAsSuperuser("postgres")) {
            var database = ControlDatabase.prepare(admin, "autostack", secrets);
            var environment = environment(database, server.jdbcUrl("autostack"), server.jdbcUrl("postgres"));
            environment.put("AUTOSTACK_CLOUD_LOCAL_PROGRAMS", programs(home).toString());
            server.socketFolder()
                    .ifPresent(folder -> environment.put("AUTOSTACK_CLOUD_LOCAL_SOCKET_DIR", folder.toString()));
            return new Databases(Optional.of(server), environment);
        } catch (SQLException | RuntimeException e) {
            server.stop();
            throw new StartFailed("could not prepare the embedded database: " + e.getMessage(), e);
        }
    }

    private static Databases asGiven(Map<String, String> given, Secrets secrets) {
        var url = given.getOrDefault("AUTOSTACK_DB_URL", "");
        var parts = URL.matcher(url);
        if (!parts.matches())
            throw new StartFailed(
                    "AUTOSTACK_DB_URL must look like jdbc:postgresql://host:5432/autostack, but is " + url);
        if (!given.containsKey("AUTOSTACK_DB_ADMIN_USER")) return preparedBySomebodyElse(given);

        var options = Optional.ofNullable(parts.group(3)).orElse("");
        var maintenance = parts.group(1) + "postgres" + options;
        var admin = new Login(
                given.getOrDefault("AUTOSTACK_DB_ADMIN_USER", ""),
                given.getOrDefault("AUTOSTACK_DB_ADMIN_PASSWORD", ""));
        try (var connection = DriverManager.getConnection(maintenance, admin.user(), admin.password())) {
            var database = ControlDatabase.prepare(connection, parts.group(2), secrets);
            return new Databases(Optional.empty(), environment(database, url, maintenance));
        } catch (SQLException e) {
            throw new StartFailed(
                    "could not prepare the database at AUTOSTACK_DB_URL=" + url + ": " + e.getMessage(), e);
        }
    }

    private static Databases preparedBySomebodyElse(Map<String, String> given) {
        var environment = new LinkedHashMap<String, String>();
        for (var key : new String[] {
            "AUTOSTACK_DB_URL",
            "AUTOSTACK_DB_USER",
            "AUTOSTACK_DB_PASSWORD",
            "AUTOSTACK_DB_OWNER_USER",
            "AUTOSTACK_DB_OWNER_PASSWORD",
            "AUTOSTACK_CLOUD_LOCAL_URL",
            "AUTOSTACK_CLOUD_LOCAL_USER",
            "AUTOSTACK_CLOUD_LOCAL_PASSWORD"
        }) {
            var value = given.get(key);
            if (value == null)
                throw new StartFailed("AUTOSTACK_DB_URL is set. Set AUTOSTACK_DB_ADMIN_USER and"
                        + " AUTOSTACK_DB_ADMIN_PASSWORD as well, then roles and database are prepared for you; or"
                        + " prepare them yourself and set all of them: " + key + " is missing");
            environment.put(key, value);
        }
        return new Databases(Optional.empty(), environment);
    }

    private static Map<String, String> environment(ControlDatabase database, String url, String maintenanceUrl) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("AUTOSTACK_DB_URL", url);
        environment.put("AUTOSTACK_DB_USER", database.application().user());
        environment.put("AUTOSTACK_DB_PASSWORD", database.application().password());
        environment.put("AUTOSTACK_DB_OWNER_USER", database.owner().user());
        environment.put("AUTOSTACK_DB_OWNER_PASSWORD", database.owner().password());
        environment.put("AUTOSTACK_CLOUD_LOCAL_URL", maintenanceUrl);
        environment.put("AUTOSTACK_CLOUD_LOCAL_USER", database.provisioner().user());
        environment.put("AUTOSTACK_CLOUD_LOCAL_PASSWORD", database.provisioner().password());
        return environment;
    }
}
