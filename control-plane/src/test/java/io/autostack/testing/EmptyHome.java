package io.autostack.testing;

import io.autostack.local.keycloak.KeycloakServer;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

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

    /// The server writes to its files and does not wait for the disk: tests kill processes, and never the machine. Nor
    /// does it look after hundreds of small databases every minute, each in a process of its own.
    public static void trustTheMachine(PostgresServer server) {
        try (var admin = server.connectAsSuperuser("postgres");
                var statement = admin.createStatement()) {
            for (var setting : List.of("fsync", "full_page_writes"))
                statement.execute("alter system set " + setting + " = off");
            statement.execute("alter system set autovacuum_naptime = '30min'");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
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
