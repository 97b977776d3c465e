package io.autostack.testing;

import io.autostack.local.LocalPlatform;
import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Where a platform for tests begins: a folder that nothing before it has touched. What takes long to make and holds no
/// state, the unpacked and prepared servers, lies beside it in the build and stays.
public final class EmptyHome {

    private static final Duration TO_END = Duration.ofSeconds(30);

    private EmptyHome() {}

    /// Ends what a killed run left behind there, and removes everything.
    public static Path at(Path folder) {
        var home = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(home)) return folder;
        makeSureThatNobodyUses(home);
        Running.find(home, "control-plane").ifPresent(left -> left.stop(TO_END));
        KeycloakServer.stopOrphan(home);
        var programs = home.resolve("postgres");
        for (var cluster : foldersIn(home.resolve("clusters"))) PostgresServer.stopOrphan(cluster, programs);
        PostgresServer.stopOrphan(programs);
        remove(home);
        return folder;
    }

    /// The server writes to its files and does not wait for the disk: tests kill processes, and never the machine.
    /// Nor does it look after hundreds of small databases every minute, each in a process of its own. Passwords
    /// of the platform are hashed once, and not 4096 times for each session.
    public static void trustTheMachine(LocalPlatform platform) {
        platform.postgres().ifPresent(server -> {
            try (var admin = server.connectAsSuperuser("postgres");
                    var statement = admin.createStatement()) {
                for (var setting : List.of("fsync", "full_page_writes"))
                    statement.execute("alter system set " + setting + " = off");
                statement.execute("alter system set autovacuum_naptime = '30min'");
                statement.execute("alter system set scram_iterations = 1");
                statement.execute("select pg_reload_conf()");
                statement.execute("set scram_iterations = 1");
                hashAgain(admin, server.superuser(), server.password());
                for (var role : List.of("AUTOSTACK_DB", "AUTOSTACK_DB_OWNER", "AUTOSTACK_CLOUD_LOCAL"))
                    hashAgain(
                            admin,
                            Objects.requireNonNull(platform.environment().get(role + "_USER")),
                            Objects.requireNonNull(platform.environment().get(role + "_PASSWORD")));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void hashAgain(Connection admin, String role, String password) throws SQLException {
        try (var words = admin.prepareStatement("select format('alter role %I password %L', ?, ?)")) {
            words.setString(1, role);
            words.setString(2, password);
            try (var rows = words.executeQuery();
                    var alter = admin.createStatement()) {
                rows.next();
                alter.execute(rows.getString(1));
            }
        }
    }

    private static void makeSureThatNobodyUses(Path home) {
        var run = home.resolve("run");
        if (!Files.isDirectory(run)) return;
        OwnerLock.tryTake(run.resolve("owner.lock"))
                .orElseThrow(() -> new IllegalStateException("another run of the tests uses " + home))
                .close();
    }

    private static List<Path> foldersIn(Path parent) {
        if (!Files.isDirectory(parent)) return List.of();
        try (var all = Files.list(parent)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path home) {
        try (var all = Files.walk(home)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
